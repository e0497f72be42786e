import { isObject, type Json } from '../json.ts';
import { type Answered, askerOf, checkAnswered } from '../oracles-console.ts';
import { bytesOf, ready, readyText } from '../recipe.ts';
import { CONSOLE_WORDS, consoleRequests, PORT, SESSION } from '../seeds/console-requests.ts';
import { promise, type Target, Violation } from '../target.ts';
import { type ConsoleGiven, type ConsoleWorld, consoleWorld } from '../worlds/console-world.ts';
import { storedItems } from '../worlds/stored-items.ts';

type Fields = { readonly [name: string]: Json };

const BASE = `http://127.0.0.1:${PORT}`;
/** Milliseconds after which a stream of events has said what it says at once. */
const STILL_MS = 5;
/** Of each kind of thing that there is beforehand. */
const MOST_THINGS = 20;
/** A mail is read in a thread of its own. */
const MOST_MAILS = 2;
/** What may change something. */
const WRITING = /^\/api\/(?:decide|forget|desk\/send|queues\/(?:look|redrive))$/;

const ROUTES = [
  ...['deployment', 'list', 'entry', 'export', 'rates', 'health', 'queues', 'feed', 'feed/:id', 'desk', 'inbox'],
  ...['inbox/:id', 'inbox/:id/html', 'desk/send', 'decide', 'forget', 'queues/look', 'queues/redrive'],
];
const CODES = [
  ...['ForeignHost', 'ForeignSite', 'NotJson', 'NotOpened', 'MethodNotAllowed', 'NoSuchPath', 'TooLarge'],
  ...[
    'InvalidRequest',
    'AddressSyntax',
    'AddressDomain',
    'AddressNotOne',
    'EntryUnreadable',
    'LineNotKept',
    'NoSuchMail',
    'NoHtml',
  ],
];

/** The route that a path leads to, as answers name it. */
const routeOf = (path: string): string =>
  path
    .replace(/^\/api\//, '')
    .replace(/^feed\/[^/]+$/, 'feed/:id')
    .replace(/^inbox\/[^/]+/, 'inbox/:id');

const queryText = (query: Json | undefined): string => {
  if (!isObject(query)) return query === undefined ? '' : `?${readyText(query)}`;
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each: Json): [string, string] => [
      name.toWellFormed(),
      readyText(each).toWellFormed(),
    ]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
};

/** The request that an input stands for; undefined: no client could make it. */
const requestOf = (given: Fields): Request | undefined => {
  const method = readyText(given.method) || 'GET';
  const headers = Object.entries(isObject(given.headers) ? given.headers : {}).map(
    ([name, value]): [string, string] => [name, readyText(value)],
  );
  const hasBody = !/^(?:get|head)$/i.test(method) && given.body !== undefined;
  try {
    return new Request(`${readyText(given.base) || BASE}${readyText(given.path)}${queryText(given.query)}`, {
      method,
      headers,
      ...(hasBody ? { body: new Uint8Array(bytesOf(readyText(given.body))) } : {}),
    });
  } catch {
    return undefined;
  }
};

const opened = (path: string): Request =>
  new Request(`${BASE}${path}`, {
    headers: { host: new URL(BASE).host, cookie: `ses-suppressor-${PORT}=${SESSION}` },
  });

/** What a stream of events says at once; it would go on for ever. */
const firstEvents = async (response: Response): Promise<string> => {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await Promise.race([
      reader?.read(),
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), STILL_MS)),
    ]);
    if (piece === undefined || piece.done) break;
    pieces.push(piece.value);
  }
  await reader?.cancel();
  return Buffer.concat(pieces).toString();
};

const textOf = (response: Response): Promise<string> =>
  response.headers.get('content-type')?.startsWith('text/event-stream') ? firstEvents(response) : response.text();

/** Asks, and looks at what comes of it. */
const ask = async (world: ConsoleWorld, request: Request, given: string): Promise<readonly string[]> => {
  const { method, url } = request;
  const path = new URL(url).pathname;
  const asker = askerOf(request);
  const before = world.state();
  const response = await world.ask(request);
  const body = await textOf(response);
  const answered: Answered = { method, path, status: response.status, headers: response.headers, body };
  if (response.status === 500) throw new Violation('crash', `${routeOf(path)}: ${world.said.err}`);
  const came = checkAnswered(answered, asker, given);
  const mayWrite = method === 'POST' && asker.isOurHost && asker.isOurOrigin && asker.hasCookie && WRITING.test(path);
  promise(
    mayWrite || world.state() === before,
    () => `${method} ${path}, which is answered with ${came}, changed something`,
  );
  return came === 'ok' && path.startsWith('/api/') ? [`${routeOf(path)} ok`] : [came];
};

const listIn = (value: Json | undefined, most: number): readonly Json[] =>
  Array.isArray(value) ? value.slice(0, most) : [];

/** What shows the things that there are beforehand, whatever they are. */
const looksAt = ({ items, messages, mails }: ConsoleGiven): readonly string[] => [
  ...(items.length === 0
    ? []
    : ['/api/list', '/api/entry?address=pat@target.example', '/api/export?format=csv', '/api/export?format=ndjson']),
  ...(items.length + messages.length === 0 ? [] : ['/api/feed', '/api/feed/1']),
  ...(mails.length === 0 ? [] : ['/api/inbox', '/api/inbox/0100-1', '/api/inbox/0100-1/html']),
];

/**
 * The console, its guard included, over what is in memory: any request, and, behind a good one, items that others wrote, messages
 * and mails of strangers.
 */
export const consoleServer = async (): Promise<Target> => ({
  name: 'console',
  seeds: consoleRequests(await storedItems()),
  words: CONSOLE_WORDS,
  answers: ['ok', ...ROUTES.map((route) => `${route} ok`), ...CODES],
  async run(input) {
    if (!isObject(input)) return [];
    const request = requestOf(input);
    if (request === undefined) return [];
    const things = {
      items: listIn(ready(input.items ?? []), MOST_THINGS),
      messages: listIn(input.messages, MOST_THINGS),
      letters: listIn(input.letters, MOST_THINGS),
      mails: listIn(input.mails, MOST_MAILS),
    };
    const world = await consoleWorld(things);
    try {
      const given = `${JSON.stringify(ready(input))}${world.state()}`;
      const answers = [...(await ask(world, request, given))];
      for (const path of looksAt(things)) answers.push(...(await ask(world, opened(path), given)));
      return answers;
    } finally {
      world.close();
    }
  },
});
