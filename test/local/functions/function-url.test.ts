import { bundleUrl } from '../../../local/functions/bundle.ts';
import { FunctionPool } from '../../../local/functions/function-pool.ts';
import { startFunctionUrl } from '../../../local/functions/function-url.ts';
import type { LoopbackServer } from '../../../local/http/loopback-server.ts';
import { functionsAt } from '../fixtures/functions-at.ts';

let pool: FunctionPool;
let server: LoopbackServer;

beforeAll(async () => {
  const file = await bundleUrl(functionsAt('scripted'), 'unsubscribe');
  pool = new FunctionPool({ name: 'unsubscribe', file, env: {}, timeoutMs: 5000, onLog: () => undefined }, 1);
  server = await startFunctionUrl((payload) => pool.invoke(payload));
});
afterAll(async () => {
  await server.stop();
  await pool.stop();
});

const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
const eventOf = async (path: string, init: RequestInit = {}) =>
  (await (await get(`/event${path}`, init)).json()) as { readonly headers: Readonly<Record<string, string>> };

describe('A function URL', () => {
  test('makes of a request an event of payload format 2.0', async () => {
    const event = await eventOf('?t=a%20b&t=c&u=', { headers: { 'X-Mixed': 'Case', cookie: 'a=1; b=2' } });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/event',
      rawQueryString: 't=a%20b&t=c&u=',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { t: 'a b,c', u: '' },
      headers: { 'x-mixed': 'Case', 'x-forwarded-proto': 'https', host: expect.stringMatching(/\.on\.aws$/) },
      requestContext: {
        domainName: event.headers.host,
        http: { method: 'GET', path: '/event', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event).not.toHaveProperty('body');
  });

  test.each([
    ['application/x-www-form-urlencoded', true],
    ['multipart/form-data; boundary=x', true],
    ['application/json', false],
    ['text/plain; charset=utf-8', false],
    ['application/problem+json', false],
  ])('hands over a body of type %s in base64: %s', async (type, isBase64Encoded) => {
    const text = 'List-Unsubscribe=One-Click';
    const body = isBase64Encoded ? Buffer.from(text).toString('base64') : text;
    expect(await eventOf('', { method: 'POST', body: text, headers: { 'content-type': type } })).toMatchObject({
      body,
      isBase64Encoded,
      requestContext: { http: { method: 'POST' } },
    });
  });

  test('answers with status, headers, cookies and body of the function', async () => {
    const response = await get('/page');
    expect([response.status, await response.text()]).toEqual([404, '<p>Grüße</p>']);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-number')).toBe('7');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
  });

  test('answers bytes that come in base64, and nothing where nothing comes', async () => {
    expect([...new Uint8Array(await (await get('/bytes')).arrayBuffer())]).toEqual([0, 255, 1]);
    const empty = await get('/empty');
    expect([empty.status, await empty.text()]).toEqual([204, '']);
  });

  test('takes an answer without a status for a body of type JSON', async () => {
    const response = await get('/text');
    expect([response.status, await response.text()]).toEqual([200, 'just a text']);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  test('answers 502 and not a word of it when the function fails, and 413 when the request is too large', async () => {
    const failed = await get('/fail');
    expect([failed.status, await failed.text()]).toEqual([502, 'Internal Server Error']);
    const large = await get('/event', { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) });
    expect(large.status).toBe(413);
  });
});
