import { type Answered, askerOf, checkAnswered } from '../../../proof/fuzz/oracles-console.ts';
import { PORT, SESSION } from '../../../proof/fuzz/seeds/console-requests.ts';
import { Violation } from '../../../proof/fuzz/target.ts';
import { consoleServer } from '../../../proof/fuzz/targets/console.ts';
import { consoleWorld } from '../../../proof/fuzz/worlds/console-world.ts';

const OURS = `127.0.0.1:${PORT}`;
const OPENED = { host: OURS, origin: `http://${OURS}`, cookie: `ses-suppressor-${PORT}=${SESSION}` };
const NOTHING = { items: [], messages: [], letters: [], mails: [] };
const SAFE = { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' };
const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };
const PROBLEM = JSON.stringify({ error: { code: 'NoSuchMail', message: 'there is none', remedy: 'Choose another.' } });

const asker = (over: Record<string, string> = {}, path = '/api/list') =>
  askerOf(new Request(`http://${OURS}${path}`, { headers: { ...OPENED, ...over } }));
const answered = ({
  headers = {},
  ...over
}: Partial<Omit<Answered, 'headers'>> & { readonly headers?: Record<string, string> } = {}): Answered => ({
  method: 'GET',
  path: '/api/list',
  status: 200,
  body: '{}',
  headers: new Headers({ ...SAFE, ...JSON_TYPE, ...headers }),
  ...over,
});
const without = (name: string): Answered => {
  const { headers, ...rest } = answered();
  headers.delete(name);
  return { ...rest, headers };
};

test.each([
  ['an answer', answered(), 'ok'],
  ['a problem', answered({ status: 404, body: PROBLEM }), 'NoSuchMail'],
  ['the page', answered({ path: '/', headers: HTML_TYPE, body: '<!doctype html>' }), 'ok'],
  [
    'a caged mail',
    answered({
      path: '/api/inbox/0100-1/html',
      headers: { ...HTML_TYPE, 'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'" },
      body: '<script>',
    }),
    'ok',
  ],
  [
    'events',
    answered({ headers: { 'content-type': 'text/event-stream' }, body: 'event: item\ndata: {"id":1}\nid: 1\n\n:\n\n' }),
    'ok',
  ],
])('%s as it should be is fine', (_what, given, came) => {
  expect(checkAnswered(given, asker(), '')).toBe(came);
});

test.each([
  ['a fault', answered({ status: 500, body: PROBLEM })],
  ['an answer without a policy', without('content-security-policy')],
  [
    'one whose policy lets scripts in',
    answered({ headers: { 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'" } }),
  ],
  ['one that may be taken for another type', without('x-content-type-options')],
  ['one that other pages may read', answered({ headers: { 'access-control-allow-origin': '*' } })],
  ['one that sets a cookie', answered({ headers: { 'set-cookie': 'a=b; Path=/; HttpOnly; SameSite=Strict' } })],
  ['a cookie that scripts can read', answered({ status: 303, headers: { 'set-cookie': 'a=b; Path=/' } })],
  ['one that leads elsewhere', answered({ status: 303, headers: { location: '//elsewhere.example' } })],
  ['a mail that may run', answered({ path: '/api/inbox/0100-1/html', headers: HTML_TYPE })],
  ['a picture that may run', answered({ headers: { 'content-type': 'image/svg+xml' } })],
  ['a problem without a remedy', answered({ status: 404, body: '{"error":{"code":"A","message":"b"}}' })],
  ['a problem as text', answered({ status: 404, body: 'Not Found' })],
  ['a stack', answered({ body: '"x\n    at f (file.ts:1:2)\n"' })],
  ['a path of ours', answered({ body: JSON.stringify(`${process.cwd()}/x`) })],
  ['a secret', answered({ body: JSON.stringify(SESSION) })],
  ['broken JSON', answered({ body: '{' })],
  ['broken events', answered({ headers: { 'content-type': 'text/event-stream' }, body: 'event: item\ndata: {\n\n' })],
  ['events with a line more', answered({ headers: { 'content-type': 'text/event-stream' }, body: 'evil: 1\n\n' })],
  ['a flood', answered({ body: JSON.stringify('a'.repeat(70_000)) })],
])('%s is found', (_what, given) => {
  expect(() => checkAnswered(given, asker(), '')).toThrow(Violation);
});

test.each([
  ['another name', asker({ host: `elsewhere.example:${PORT}` }), 'GET'],
  ['a browser without the cookie', asker({ cookie: `other=${SESSION}` }), 'GET'],
  ['one with a wrong cookie', asker({ cookie: `ses-suppressor-${PORT}=${SESSION}x` }), 'GET'],
  ['another page', asker({ origin: 'https://elsewhere.example' }), 'POST'],
])('it is found that %s is answered', (_who, who, method) => {
  expect(() => checkAnswered(answered({ method }), who, '')).toThrow(Violation);
});

test('sees what was changed, and a console answers its own page', async () => {
  const world = await consoleWorld(NOTHING);
  const before = world.state();
  const request = new Request(`http://${OURS}/api/decide`, {
    method: 'POST',
    headers: { ...OPENED, ...JSON_TYPE },
    body: JSON.stringify({ action: 'add', address: 'pat@target.example', scope: '*', note: 'asked' }),
  });
  const { status } = await world.ask(request);
  world.close();
  expect([status, world.state() === before]).toEqual([200, false]);
});

test('its requests reach every route, and every no of the guard', async () => {
  const { seeds, answers, run } = await consoleServer();
  const came = new Set<string>();
  // mails are read in threads of their own, which would take long
  const quick = seeds.filter((seed) => !JSON.stringify(seed).includes('"mails"'));
  const once = new Map(
    quick.map((seed) => [JSON.stringify({ ...Object(seed), query: 0, messages: 0, items: 0 }), seed]),
  );
  for (const seed of once.values()) for (const answer of await run(seed)) came.add(answer);
  const routes = answers.filter((answer) => answer.endsWith(' ok') && !answer.startsWith('inbox'));
  const guard = ['ForeignHost', 'ForeignSite', 'NotJson', 'NotOpened', 'MethodNotAllowed', 'TooLarge'];
  expect([...routes, ...guard, 'LineNotKept'].filter((answer) => !came.has(answer))).toEqual([]);
});
