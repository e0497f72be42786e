import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { realDns } from '../../../cli/doctor/real/dns.ts';

const TXT = 16;
const NO_SUCH_NAME = 3;
const SERVER_FAILED = 2;

let server: Socket;
let resolver: Resolver;
/** What the server says: pieces of one TXT record, or a code. */
let said: readonly string[] | number;

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
  return Buffer.concat([header, asked, record, data]);
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

test('takes a name that does not exist for no record', async () => {
  said = NO_SUCH_NAME;
  expect(await realDns(resolver).txt('_dmarc.ledger.example')).toEqual([]);
});

test('does not take a server that fails for no record', async () => {
  said = SERVER_FAILED;
  await expect(realDns(resolver).txt('_dmarc.ledger.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
});
