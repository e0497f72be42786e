import fc from 'fast-check';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { DAY } from '../../../core/instant.ts';
import type { SigningKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { signToken } from '../../../core/unsubscribe/token.ts';
import { addressOf, entryOf, evidenceOf, keyOf } from '../../adapters/samples.ts';
import { KEYS, keyNamed, NOW, PAT } from '../../core/unsubscribe/samples.ts';
import { list, request as sendRequest, stage as sendStage } from '../send/stage.ts';
import { ONE_CLICK, request, stage, TOKEN } from './stage.ts';

const oneClick = (over = {}) => request('POST', { body: ONE_CLICK, ...over });
const MULTIPART = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';

test('a POST as mail programs make it unsubscribes, without a redirect or a login', async () => {
  const { handler, ledger, counts } = stage();
  const { statusCode, headers, body } = await handler(oneClick());
  expect(statusCode).toBe(200);
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['location']));
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['set-cookie']));
  expect(body).toContain('You are unsubscribed');
  expect(ledger.items).toMatchObject([
    {
      address: { S: 'pat@target.example' },
      scope: { S: 'newsletter' },
      status: { S: 'suppressed' },
      reason: { S: 'unsubscribe' },
      evidence: {
        L: [{ M: { rule: { S: 'unsubscribed' }, type: { S: 'Unsubscribe' }, subtype: { S: 'one-click' } } }],
      },
    },
  ]);
  expect(ledger.items[0]).not.toHaveProperty('until');
  expect(counts.counted).toEqual({ 'Unsubscribe/unsubscribed': 1 });
});

test.each([
  ['a form in base64', { base64: true }],
  ['a multipart form', { body: MULTIPART, contentType: 'multipart/form-data; boundary=b' }],
  [
    'a multipart form with bare line feeds',
    { body: MULTIPART.replaceAll('\r', ''), contentType: 'multipart/form-data; boundary=b' },
  ],
  ['a multipart form in base64', { body: MULTIPART, contentType: 'multipart/form-data; boundary="b"', base64: true }],
])('takes %s', async (_what, over) => {
  const { handler, ledger } = stage();
  expect((await handler(oneClick(over))).statusCode).toBe(200);
  expect(ledger.writes).toBe(1);
});

test.each([
  ['a full stop', `${TOKEN}.`],
  ['brackets', `${TOKEN}>)`],
  ['a line break', `${TOKEN}%0D%0A`],
  ['quoted-printable that nobody decoded', `3D${TOKEN}`],
])('takes a link with %s around it', async (_what, token) => {
  const { handler, ledger } = stage();
  expect((await handler(request('POST', { body: ONE_CLICK, token }))).statusCode).toBe(200);
  expect(ledger.writes).toBe(1);
});

test('the same POST again says the same, and is counted as one more', async () => {
  const { handler, ledger, clock, counts } = stage();
  const first = await handler(oneClick());
  clock.now += DAY;
  expect(await handler(oneClick())).toEqual(first);
  expect(ledger.items).toHaveLength(1);
  expect(counts.counted).toEqual({ 'Unsubscribe/unsubscribed': 1, 'Unsubscribe/already': 1 });
});

test('two POSTs at the same time both succeed', async () => {
  const { handler, ledger } = stage();
  const answers = await Promise.all([handler(oneClick()), handler(oneClick())]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(ledger.items).toHaveLength(1);
});

test.each(['GET', 'HEAD'])('%s asks and changes nothing, so that link scanners unsubscribe nobody', async (method) => {
  const { handler, ledger, counts } = stage();
  const { statusCode, body } = await handler(request(method));
  expect(statusCode).toBe(200);
  expect(body === '').toBe(method === 'HEAD');
  expect(ledger.writes).toBe(0);
  expect(counts.counted).toEqual({ 'Unsubscribe/asked': 1 });
});

test('a GET with the body of an unsubscribe changes nothing', async () => {
  const { handler, ledger } = stage();
  await handler(request('GET', { body: ONE_CLICK }));
  expect(ledger.writes).toBe(0);
});

test.each(['', 'List-Unsubscribe=Two', 'x'.repeat(10_000), `${' '.repeat(10_000)}${ONE_CLICK}`])(
  'a POST with another body is refused without effect',
  async (body) => {
    const { handler, ledger, counts } = stage();
    const answer = await handler(request('POST', { body }));
    expect(answer.statusCode).toBe(400);
    expect(ledger.writes).toBe(0);
    expect(counts.counted).toEqual({ 'Unsubscribe/bad-request': 1 });
  },
);

test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', ''])('refuses the method %p', async (method) => {
  const { handler, ledger } = stage();
  const { statusCode, headers } = await handler(request(method, { body: ONE_CLICK }));
  expect([statusCode, headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  expect(ledger.writes).toBe(0);
});

const [VERSION, ID, PAYLOAD, MAC] = TOKEN.split('.') as [string, string, string, string];
const payloadOf = (token: string) => token.split('.')[2];
const otherStream = signToken({ ...PAT, stream: 'receipts' }, keyNamed('x'));
const otherAddress = signToken({ ...PAT, address: addressOf('ann@target.example') }, keyNamed('x'));
const BAD_TOKENS: readonly (readonly [string, string])[] = [
  ['no token', ''],
  ['a token cut off', TOKEN.slice(0, 40)],
  ['a forged signature', [VERSION, ID, PAYLOAD, MAC.split('').reverse().join('')].join('.')],
  ['the signature of another stream', [VERSION, ID, payloadOf(otherStream), MAC].join('.')],
  ['the signature of another address', [VERSION, ID, payloadOf(otherAddress), MAC].join('.')],
  ['an unknown key', signToken(PAT, keyNamed('nobody'))],
  ['an expired key', signToken(PAT, keyNamed('old'))],
];
const keysWithExpired = async (): Promise<SigningKeys> => ({
  ...KEYS,
  retired: [{ ...keyNamed('old'), until: NOW }],
});

test.each(BAD_TOKENS)('refuses %s, and tells nobody why', async (_what, token) => {
  const { handler, ledger, counts } = stage({ keys: keysWithExpired });
  const plain = await stage().handler(request('GET', { token: 'x' }));
  for (const method of ['GET', 'POST']) {
    const answer = await handler(request(method, { token, body: ONE_CLICK }));
    expect(answer).toEqual(plain);
  }
  expect(plain.statusCode).toBe(400);
  expect(ledger.writes).toBe(0);
  expect(counts.counted).toEqual({ 'Unsubscribe/bad-link': 2 });
});

test('says come again, and loses nothing, when the table cannot be written', async () => {
  let broken = true;
  const ledger = new MemoryLedger({
    fault: ({ operation }) => {
      if (broken && operation === 'write') throw new Error('throttled');
    },
  });
  const { handler, counts } = stage({ ledger });
  const answer = await handler(oneClick());
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '60']);
  expect(answer.body).toContain('<form');
  broken = false;
  expect((await handler(oneClick())).statusCode).toBe(200);
  expect(counts.counted).toEqual({ 'Unsubscribe/unavailable': 1, 'Unsubscribe/unsubscribed': 1 });
});

test('says come again when the table cannot be read, or the keys', async () => {
  const fault = () => {
    throw new Error('no table');
  };
  const keys = async () => {
    throw new Error('no secret');
  };
  expect((await stage({ ledger: new MemoryLedger({ fault }) }).handler(oneClick())).statusCode).toBe(503);
  expect((await stage({ keys }).handler(oneClick())).statusCode).toBe(503);
  expect((await stage({ keys }).handler(request('GET'))).statusCode).toBe(503);
});

test('logs whom it unsubscribed as a fingerprint, and no address or token', async () => {
  const { handler, log } = stage();
  await handler(oneClick());
  await handler(oneClick());
  await handler(request('GET', { token: `${TOKEN}x` }));
  expect(log.lines).toMatchObject([
    { level: 'info', message: 'unsubscribed', recipient: expect.stringMatching(/^[0-9a-f]{16}$/), scope: 'newsletter' },
    { level: 'info', message: 'already' },
    { level: 'warn', message: 'link not believed', code: 'TokenMalformed' },
  ]);
  expect(log.text).not.toContain('target.example');
  expect(log.text).not.toContain(MAC);
});

test('an unsubscribe blocks its stream and lets others through; a hard bounce blocks all', async () => {
  const send = sendStage();
  const { handler } = stage({ ledger: send.ledger });
  await handler(oneClick());
  expect(await send.invoke(sendRequest({ stream: 'newsletter' }))).toMatchObject({
    status: 'suppressed',
    suppressed: [{ address: 'pat@target.example', reason: 'unsubscribe', scope: 'newsletter' }],
  });
  expect(await send.invoke(sendRequest({ stream: 'receipts' }))).toMatchObject({ status: 'sent' });
  expect(await send.invoke(sendRequest())).toMatchObject({ status: 'sent' });
  await list(send.ledger, 'pat@target.example');
  for (const stream of ['newsletter', 'receipts', undefined])
    expect(await send.invoke(sendRequest(stream === undefined ? {} : { stream }))).toMatchObject({
      status: 'suppressed',
    });
});

test('an operator who lets an address back in is overruled by the next click', async () => {
  const { handler, ledger } = stage();
  const key = keyOf('pat', 'newsletter');
  const entry = {
    ...entryOf(key, evidenceOf('unsubscribe', NOW - DAY)),
    clearedAt: NOW + 1000,
    operator: { action: 'remove', at: NOW + 1000, by: '', note: '' } as const,
  };
  await ledger.write(entry, { status: 'watched' }, undefined);
  expect((await handler(oneClick())).statusCode).toBe(200);
  expect(ledger.items[0]).toMatchObject({ status: { S: 'suppressed' }, reason: { S: 'unsubscribe' } });
});

const STATUSES = new Set([200, 400, 405, 503]);

test('answers every event, whatever it is, and throws for none', async () => {
  const { handler, ledger } = stage();
  const shaped = fc.record(
    {
      requestContext: fc.oneof(
        fc.record({ http: fc.record({ method: fc.oneof(fc.constantFrom('GET', 'POST', 'post'), fc.jsonValue()) }) }),
        fc.jsonValue(),
      ),
      rawQueryString: fc.oneof(
        fc.string().map((s) => `t=${s}`),
        fc.constant('t=%ZZ'),
        fc.jsonValue(),
      ),
      headers: fc.oneof(fc.record({ 'content-type': fc.string() }), fc.jsonValue()),
      body: fc.oneof(fc.string(), fc.jsonValue()),
      isBase64Encoded: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: shaped }, fc.jsonValue()), async (event) => {
      const { statusCode, headers, body } = await handler(event);
      expect(STATUSES.has(statusCode) && typeof body === 'string').toBe(true);
      expect(headers['cache-control']).toBe('no-store');
    }),
    { numRuns: 500 },
  );
  expect(await handler(undefined)).toMatchObject({ statusCode: 405 });
  expect(ledger.writes).toBe(0);
});

test('answers quickly to long hostile bodies', async () => {
  const { handler } = stage();
  for (const body of ['-'.repeat(8192), '--b\r\n'.repeat(1600), '%'.repeat(8192), '&'.repeat(8192)])
    for (const contentType of ['multipart/form-data; boundary=b', `multipart/form-data${'; '.repeat(4000)}`, 'x'])
      expect((await handler(request('POST', { body, contentType }))).statusCode).toBe(400);
});
