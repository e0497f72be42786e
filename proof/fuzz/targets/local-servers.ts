import { XMLValidator } from 'fast-xml-parser';
import { isObject, type Json } from '../json.ts';
import { bytesOf, ready, readyText } from '../recipe.ts';
import { ALARM_TOPIC, LOCAL_REQUESTS, TOKEN } from '../seeds/local-requests.ts';
import { FEEDBACK_WORDS } from '../seeds/messages.ts';
import { REQUEST_WORDS } from '../seeds/requests.ts';
import { promise, type Target, Violation } from '../target.ts';
import { closeLocalWorld, type LocalWorld, openLocalWorld } from '../worlds/local-world.ts';
import { exchange, type WireAnswer } from '../worlds/wire.ts';

const WAIT_MS = 8000;
/** A receiver may wait for messages, which is no fault. */
const RECEIVE_MS = 300;
/** Whoever breaks off, or says that more comes than does, gets no answer. */
const BROKEN_MS = 150;
/** Headers that tell how much is to come. */
const FRAMING = /^(?:content-length|transfer-encoding|expect|upgrade|connection)$/i;
const LOOK_EVERY = 10;

type Fields = { readonly [name: string]: Json };

const WORDS = [
  ...FEEDBACK_WORDS.slice(0, 8),
  ...REQUEST_WORDS.slice(0, 12),
  ...[
    'lambda',
    'ses',
    'sqs',
    'sns',
    'secrets',
    'cloudwatch',
    'unsubscribe',
    'GET',
    'POST',
    'PUT',
    'DELETE',
    'HEAD',
    'OPTIONS',
  ],
  ...[
    'Action',
    '.member.1',
    '.member.2',
    'content-length',
    'transfer-encoding',
    'chunked',
    'content-encoding',
    'gzip',
    'expect',
    '100-continue',
  ],
  ...[
    '//',
    '/..',
    '%',
    '%2f',
    '%00',
    '?',
    '#',
    'HTTP/1.1',
    'host',
    'upgrade',
    'websocket',
    'NextToken',
    'x-amz-invocation-type',
    'Event',
  ],
];

/** What every server may answer with, and the codes by which the families say no. */
const checkAnswer = ({ status, headers, body }: WireAnswer, server: string, given: string): void => {
  const type = headers['content-type'] ?? '';
  if (status >= 500 && type.startsWith('text/plain') && server !== 'unsubscribe')
    throw new Violation('crash', `${server} answers ${status}: ${body.slice(0, 200)}`);
  if (/^\s+at .+:\d+:\d+\)?$/m.test(body) && !given.includes('    at '))
    throw new Violation('crash', `${server} shows a stack`);
  if (type.includes('json') && body !== '')
    try {
      JSON.parse(body);
    } catch {
      throw new Violation('injection', `${server} answers JSON that is none: ${JSON.stringify(body.slice(0, 200))}`);
    }
  if (type.includes('xml') && body !== '') {
    const valid = XMLValidator.validate(body);
    if (valid !== true) throw new Violation('injection', `${server} answers XML that is none: ${valid.err.msg}`);
  }
};

const CRASHED = [
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'URIError',
  'Runtime.ExitError',
  'Runtime.UnhandledPromiseRejection',
  'Sandbox.Timedout',
];
/** Functions that anybody's event may reach; the others are invoked by AWS alone. */
const OPEN = /\/functions\/[^/]*?(feedback|send|unsubscribe)[^/]*\/invocations/;

const checkFunction = ({ headers, body }: WireAnswer, path: string): readonly string[] => {
  if (headers['x-amz-function-error'] === undefined) return [];
  const { errorType = '', errorMessage }: { readonly errorType?: string; readonly errorMessage?: unknown } =
    JSON.parse(body);
  if (OPEN.test(path) && CRASHED.includes(errorType))
    throw new Violation('crash', `a function fails: ${errorType}: ${String(errorMessage).slice(0, 200)}`);
  return [`failed ${errorType}`];
};

const goodAnswer = async (servers: LocalWorld['servers'], server: string): Promise<void> => {
  const { port = 0 } = servers[server] ?? {};
  const { status } = await exchange(
    port,
    [Buffer.from('POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')],
    WAIT_MS,
    'hang',
  );
  promise(status >= 200 && status < 600, () => `${server} is down`);
};

const LINE = /[\r\n]/g;

const requestBytes = (given: Fields): readonly Buffer[] => {
  const body = bytesOf(readyText(given.body));
  const headers = Object.entries(isObject(given.headers) ? given.headers : {}).map(([name, value]) =>
    `${name}: ${readyText(value)}`.replace(LINE, ' '),
  );
  const line = `${readyText(given.method) || 'GET'} ${readyText(given.path) || '/'} HTTP/1.1`.replace(LINE, ' ');
  const own = headers.some((each) => /^(content-length|transfer-encoding):/i.test(each))
    ? []
    : [`content-length: ${body.length}`];
  const head = [line, 'host: 127.0.0.1', 'connection: close', ...headers, ...own, '', ''].join('\r\n');
  return [bytesOf(head), body.subarray(0, body.length >> 1), body.subarray(body.length >> 1)];
};

/** Takes turns between the input and, now and then, a good request: whatever came before, the server is still there. */
const servers =
  (
    name: string,
    seeds: readonly Json[],
    toBytes: (given: Fields) => readonly Buffer[],
    isFramed: (given: Fields) => boolean,
  ) =>
  async (): Promise<Target> => {
    const world = await openLocalWorld();
    const known: readonly Json[] = JSON.parse(
      JSON.stringify(seeds).replaceAll(ALARM_TOPIC, world.alarmTopic).replaceAll(TOKEN, world.token),
    );
    let turn = 0;
    return {
      name,
      seeds: known,
      words: WORDS,
      answers: [
        '2xx',
        '4xx',
        'closed',
        ...Object.keys(world.servers).flatMap((server) => [`${server} 2xx`, `${server} 4xx`]),
      ],
      isTimed: false,
      async run(input) {
        const given = ready(input);
        if (!isObject(given)) return [];
        const asked = readyText(given.server);
        const server = Object.hasOwn(world.servers, asked) ? asked : 'lambda';
        const { port = 0 } = world.servers[server] ?? {};
        const pieces = toBytes(given);
        const answer = !isFramed(given)
          ? await exchange(port, pieces, BROKEN_MS, 'nothing')
          : server === 'sqs'
            ? await exchange(port, pieces, RECEIVE_MS, 'nothing')
            : await exchange(port, pieces, WAIT_MS, 'hang');
        checkAnswer(answer, server, pieces.join(''));
        const failed = server === 'lambda' ? checkFunction(answer, readyText(given.path)) : [];
        world.checkLogs();
        turn += 1;
        if (answer.status === 0 || turn % LOOK_EVERY === 0) await goodAnswer(world.servers, server);
        const family = answer.status === 0 ? 'closed' : `${Math.floor(answer.status / 100)}xx`;
        return [family, ...(answer.status === 0 ? [] : [`${server} ${family}`]), ...failed];
      },
      stop: closeLocalWorld,
    };
  };

/** Every server of the local cloud, by requests of HTTP as they should be with things in them that should not. */
export const localHttp = servers(
  'local-http',
  LOCAL_REQUESTS,
  requestBytes,
  ({ headers = {} }) => !isObject(headers) || !Object.keys(headers).some((name) => FRAMING.test(name.trim())),
);

const TCP_SEEDS: readonly Json[] = LOCAL_REQUESTS.filter((_, i) => i % 4 === 0).map((seed) => {
  const { server = '', ...given }: Fields = isObject(seed) ? seed : {};
  return {
    server,
    bytes: Buffer.concat([
      ...requestBytes(Object.fromEntries(Object.entries(given).map(([key, value]) => [key, ready(value)]))),
    ]).toString('latin1'),
  };
});

/** The same servers by bytes that are no HTTP any more, or break off. */
export const localTcp = servers(
  'local-tcp',
  [
    ...TCP_SEEDS,
    { server: 'ses', bytes: 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n' },
    { server: 'lambda', bytes: '\x16\x03\x01\x00\xa5' },
  ],
  (given) => [bytesOf(readyText(given.bytes))],
  () => false,
);
