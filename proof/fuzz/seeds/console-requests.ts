import type { Json } from '../json.ts';
import { ENVELOPED, MESSAGES, PAT } from './messages.ts';
import { REQUESTS } from './requests.ts';

type Fields = { readonly [name: string]: Json };

/** Where the console of the trials listens, and what opens it. */
export const PORT = 4000;
export const TOKEN = 'the-token-of-the-trials';
export const SESSION = 'the-session-of-the-trials';

const OURS = `http://127.0.0.1:${PORT}`;
const COOKIE = `ses-suppressor-${PORT}=${SESSION}`;
const READING: Fields = { host: `127.0.0.1:${PORT}`, cookie: COOKIE, 'sec-fetch-site': 'same-origin' };
const WRITING: Fields = { ...READING, origin: OURS, 'content-type': 'application/json' };

const get = (path: string, query: Fields = {}, over: Fields = {}): Json => ({
  method: 'GET',
  base: OURS,
  path,
  query,
  headers: READING,
  ...over,
});
const post = (path: string, body: Json, over: Fields = {}): Json => ({
  method: 'POST',
  base: OURS,
  path,
  headers: WRITING,
  body: { $json: body },
  ...over,
});
const without = (headers: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));

const HTML_MAIL: Json = {
  $mime: [
    [
      ['From', 'Ledger <no-reply@ledger.example>'],
      ['To', PAT],
      ['Subject', '=?utf-8?q?=3Cscript=3Ealert(1)=3C/script=3E?='],
      ['Content-Type', 'text/html; charset=utf-8'],
    ],
    '<script>alert(1)</script><img src="https://elsewhere.example/x.png"><img src="cid:logo">',
  ],
};

/** Any value of each parameter, good ones first. */
const EVERY_FILTER: Fields = {
  search: 'pat',
  reason: ['hard-bounce', 'complaint'],
  scope: '*',
  status: 'suppressed',
  since: '2026-01-01',
  until: '2026-12-31T00:00:00Z',
};

/**
 * Requests as the page makes them, and such as others make; beside each what there is: items of the table, messages of SES, letters in
 * a dead-letter queue, mails in the inbox.
 *
 * @param items - of the table
 */
export const consoleRequests = (items: readonly Json[]): readonly Json[] => [
  get('/'),
  get('/', { token: TOKEN }),
  get('/app.js'),
  get('/api/deployment'),
  get('/api/list', {}, { items: items.slice(0, 3) }),
  get('/api/list', EVERY_FILTER, { items: items.slice(0, 1) }),
  get('/api/list', { search: PAT, limit: '2', after: 'x' }, { items: items.slice(3, 6) }),
  get('/api/export', { ...EVERY_FILTER, format: 'csv' }, { items: items.slice(0, 2) }),
  get('/api/export', { format: 'ndjson' }, { items: items.slice(6, 8) }),
  ...items.slice(0, 12).map((item) => get('/api/entry', { address: PAT }, { items: [item] })),
  get('/api/rates', { hours: '24' }),
  get('/api/health'),
  get('/api/health', { fresh: '1' }),
  get('/api/queues'),
  ...[...MESSAGES, ...ENVELOPED].map((message) =>
    get('/api/feed', {}, { messages: [typeof message === 'string' ? message : { $json: message }] }),
  ),
  get('/api/feed', { after: '1' }, { messages: [{ $json: MESSAGES[0] ?? null }, 'not JSON'] }),
  get('/api/feed/1', {}, { messages: [{ $json: MESSAGES[0] ?? null }] }),
  get('/api/feed', {}, { items: items.slice(0, 2) }),
  get('/api/inbox', {}, { mails: [HTML_MAIL] }),
  get('/api/inbox/0100-1', {}, { mails: [HTML_MAIL] }),
  get('/api/inbox/0100-1/html', {}, { mails: [HTML_MAIL] }),
  get('/api/inbox/0100-9', {}, { mails: [HTML_MAIL] }),
  get('/api/desk'),
  ...REQUESTS.slice(0, 8).map((request) => post('/api/desk/send', request)),
  post('/api/decide', { action: 'add', address: PAT, scope: '*', note: 'asked by phone' }),
  post(
    '/api/decide',
    { action: 'allow', address: PAT, scope: 'receipts', note: 'a person' },
    { items: items.slice(0, 1) },
  ),
  post(
    '/api/decide',
    { action: 'remove', address: PAT, scope: null, note: 'mended', keepSesList: true },
    { items: items.slice(0, 1) },
  ),
  post('/api/decide', { action: 'remove', address: PAT, scope: '*', note: 'mended' }, { items: items.slice(1, 2) }),
  post('/api/forget', { address: PAT, unblock: false }, { items: items.slice(0, 1) }),
  post('/api/forget', { address: PAT, unblock: true }, { items: items.slice(2, 3) }),
  post('/api/queues/look', { box: 'feedback' }, { letters: ['not JSON', ...ENVELOPED.slice(0, 2)] }),
  post('/api/queues/look', { box: 'sends' }, { letters: [{ $json: REQUESTS[0] ?? null }] }),
  post('/api/queues/redrive', { box: 'feedback', code: null }, { letters: ENVELOPED.slice(0, 2) }),
  post('/api/queues/redrive', { box: 'failed-sends', code: 'QuotaExceeded' }, { letters: ['{}'] }),
  post('/api/decide', { $repeat: ['a', 70_000] }),
  // as other pages, other names and other programs ask
  post(
    '/api/forget',
    { address: PAT, unblock: true },
    { headers: without(WRITING, 'cookie'), items: items.slice(0, 1) },
  ),
  post(
    '/api/forget',
    { address: PAT, unblock: true },
    { headers: { ...WRITING, origin: 'https://elsewhere.example' }, items: items.slice(0, 1) },
  ),
  post(
    '/api/forget',
    { address: PAT, unblock: true },
    { headers: { ...WRITING, 'content-type': 'text/plain' }, items: items.slice(0, 1) },
  ),
  get('/api/list', {}, { headers: { ...READING, host: `elsewhere.example:${PORT}` } }),
  get('/api/list', {}, { headers: { ...READING, 'sec-fetch-site': 'cross-site' } }),
  { ...Object(post('/api/forget', { address: PAT, unblock: true })), method: 'DELETE' },
];

/** Words that mean something to the console. */
export const CONSOLE_WORDS: readonly string[] = [
  ...['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'],
  ...[
    '/api/list',
    '/api/entry',
    '/api/feed',
    '/api/inbox',
    '/api/decide',
    '/api/',
    '//',
    '/../',
    '%2e%2e',
    '%2f',
    '?',
    '#',
  ],
  ...['search', 'reason', 'scope', 'status', 'since', 'until', 'after', 'limit', 'format', 'hours', 'token', 'fresh'],
  ...['address', 'action', 'note', 'unblock', 'keepSesList', 'box', 'code', 'add', 'allow', 'remove'],
  ...['host', 'origin', 'cookie', 'content-type', 'sec-fetch-site', 'sec-fetch-mode', 'last-event-id', 'navigate'],
  ...[OURS, `http://localhost:${PORT}`, `localhost:${PORT}`, 'null', 'cross-site', 'none', COOKIE, `${COOKIE};`, TOKEN],
  ...['application/json; charset=utf-8', 'text/plain', 'multipart/form-data', 'csv', 'ndjson', '500', '0', '1440'],
  ...['hard-bounce', 'complaint', 'suppressed', 'allowed', '*', 'receipts', 'tenant:x', PAT, 'feedback', 'sends'],
  ...['S', 'N', 'M', 'L', 'evidence', 'operator', 'eventType', 'bouncedRecipients', 'diagnosticCode', '0100-1'],
];
