import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { realDns } from '../../../cli/doctor/real/dns.ts';

const TXT = 16;
const CNAME = 5;
const NO_SUCH_NAME = 3;
const SERVER_FAILED = 2;

let server: Socket;
let resolver: Resolver;
/** What the server says: pieces of one TXT record, or a code. */
let said: readonly string[] | number;
/** Whether the name is an alias of another, which has the record. */
let aliased = false;

/** A DNS answer to the question, RFC 1035 section 4. */
const answerTo = (question: Buffer): Buffer => {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(typeof said === 'number' ? 0x8180 | said : 0x8180, 2);
  header.writeUInt16BE(typeof said === 'number' ? 0 : 1, 6);
  header.fill(0, 8, 12);
  let end = 12;
  while ((question[end] ?? 0) !== 0) end += (question[end] ?? 0) + 1;
  const asked = question.subarray(12, end + 5);
  if (typeof said === 'number') return Buffer.concat([header, asked]);
  const data = Buffer.concat(said.map((piece) => Buffer.concat([Buffer.of(piece.length), Buffer.from(piece)])));
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(TXT, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt16BE(data.length, 10);
  if (!aliased) return Buffer.concat([header, asked, record, data]);
  const target = Buffer.from('\x05other\x07example\x00', 'latin1');
  const alias = Buffer.from(record);
  alias.writeUInt16BE(CNAME, 2);
  alias.writeUInt16BE(target.length, 10);
  // the record stands under the name that the alias leads to
  record.writeUInt16BE(0xc000 | (header.length + asked.length + alias.length), 0);
  header.writeUInt16BE(2, 6);
  return Buffer.concat([header, asked, alias, target, record, data]);
};

beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (question, { port, address }) => server.send(answerTo(question), port, address));
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${(server.address() as AddressInfo).port}`]);
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

test('puts the pieces of a long record together', async () => {
  said = ['v=spf1 include:', 'amazonses.com ~all'];
  expect(await realDns(resolver).txt('bounce.ledger.example')).toEqual(['v=spf1 include:amazonses.com ~all']);
});

test('follows an alias, as a DMARC record at a provider is', async () => {
  said = ['v=DMARC1; p=reject'];
  aliased = true;
  expect(await realDns(resolver).txt('_dmarc.ledger.example')).toEqual(['v=DMARC1; p=reject']);
  aliased = false;
});

test('takes a name that does not exist for no record', async () => {
  said = NO_SUCH_NAME;
  expect(await realDns(resolver).txt('_dmarc.ledger.example')).toEqual([]);
});

test('does not take a server that fails for no record', async () => {
  said = SERVER_FAILED;
  await expect(realDns(resolver).txt('_dmarc.ledger.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
});

test('does not take a server that does not answer for no record', async () => {
  const silent = createSocket('udp4');
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
  const impatient = new Resolver({ timeout: 100, tries: 1 });
  impatient.setServers([`127.0.0.1:${(silent.address() as AddressInfo).port}`]);
  await expect(realDns(impatient).txt('_dmarc.ledger.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  await new Promise<void>((resolve) => silent.close(() => resolve()));
});
