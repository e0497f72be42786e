import { checkCsv, checkLines, checkSize } from './oracles.ts';
import { PORT, SESSION, TOKEN } from './seeds/console-requests.ts';
import { promise, Violation } from './target.ts';

const HOSTS = [`127.0.0.1:${PORT}`, `localhost:${PORT}`];
const ORIGINS = HOSTS.map((host) => `http://${host}`);
const COOKIE = `ses-suppressor-${PORT}`;
const STACK = /^\s+at .+[:(]\d+:\d+\)?$/m;
/** What only our own files are called. */
const PATHS = ['file://', 'node_modules', process.cwd()];
const SECRETS = [SESSION, TOKEN];

/** Who asks, read in another and a simpler way than the console does. */
export interface Asker {
  readonly isOurHost: boolean;
  readonly isOurOrigin: boolean;
  readonly hasCookie: boolean;
}

const valuesOf = (cookies: string): string[] =>
  cookies
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${COOKIE}=`))
    .map((pair) =>
      pair
        .slice(COOKIE.length + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export const askerOf = ({ headers, url }: Request): Asker => ({
  isOurHost: [headers.get('host') ?? '', new URL(url).host].every((host) => HOSTS.includes(host.toLowerCase())),
  isOurOrigin: ORIGINS.includes((headers.get('origin') ?? '').toLowerCase()),
  hasCookie: valuesOf(headers.get('cookie') ?? '').some((value) => decoded(value) === SESSION),
});

/** Something was answered. */
export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const isWords = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** @returns the code of an answer that says no */
const checkProblem = ({ status, body, method }: Answered): string => {
  if (method === 'HEAD') return `${status}`;
  let problem: { readonly [name: string]: unknown } = {};
  try {
    problem = Object(Object(JSON.parse(body)).error);
  } catch {
    // told below
  }
  const { code, message, remedy } = problem;
  promise(
    isWords(code) && isWords(message) && isWords(remedy),
    () => `${status} without code, message and remedy: ${JSON.stringify(body.slice(0, 200))}`,
  );
  return String(code);
};

const checkHeaders = ({ status, headers }: Answered): void => {
  const policy = headers.get('content-security-policy') ?? '';
  const type = headers.get('content-type') ?? '';
  promise(policy.includes("default-src 'none'"), () => `${status} with the content security policy "${policy}"`);
  promise(!/unsafe-inline|unsafe-eval/.test(policy.replace("style-src 'unsafe-inline'", '')), () => policy);
  promise(headers.get('x-content-type-options') === 'nosniff', () => `${status} may be taken for another type`);
  promise(headers.get('access-control-allow-origin') === null, () => 'other pages may read it');
  const cookie = headers.get('set-cookie');
  promise(cookie === null || /HttpOnly; SameSite=Strict$/.test(cookie), () => `the cookie ${cookie}`);
  promise(cookie === null || status === 303, () => 'a cookie that was not asked for');
  const location = headers.get('location');
  promise(location === null || location === '/', () => `it leads to ${location}`);
  if (/html|xml|svg/.test(type)) promise(type === 'text/html; charset=utf-8', () => `the type ${type}`);
};

/** What may be HTML: the page itself, and the HTML of a mail, which then may do nothing. */
const checkHtml = ({ path, headers, status }: Answered): void => {
  if (!headers.get('content-type')?.startsWith('text/html')) return;
  const isPage = path === '/' && status === 200;
  const directives = (headers.get('content-security-policy') ?? '').split('; ');
  const isCaged = directives.includes('sandbox') && !directives.some((each) => each.startsWith('script-src'));
  promise(isPage !== isCaged, () => `HTML at ${path} with the policy ${directives.join('; ')}`);
};

const checkEvents = (body: string): void => {
  for (const line of body.split(/\r\n|\n|\r/)) {
    if (line === '' || /^(?:event: (?:state|pulse|item)|id: \d+|:)$/.test(line)) continue;
    promise(line.startsWith('data: '), () => `an event has the line ${JSON.stringify(line.slice(0, 120))}`);
    try {
      JSON.parse(line.slice(6));
    } catch {
      throw new Violation('injection', `the data of an event are no JSON: ${JSON.stringify(line.slice(0, 120))}`);
    }
  }
};

const checkBody = ({ headers, body, path }: Answered): void => {
  const type = headers.get('content-type') ?? '';
  if (body === '') return;
  if (type.startsWith('text/event-stream')) checkEvents(body);
  else if (type.startsWith('text/csv')) checkCsv(body);
  else if (type.startsWith('application/x-ndjson')) checkLines(body);
  else if (type.startsWith('application/json'))
    try {
      JSON.parse(body);
    } catch {
      throw new Violation('promise', `no JSON at ${path}: ${JSON.stringify(body.slice(0, 120))}`);
    }
};

/**
 * Looks at an answer of the console, whatever was asked.
 *
 * @param given - all that came in: what stands in it already is no mistake of the console's
 * @returns what it came to: the code of a problem, or `ok`
 * @throws Violation
 */
export const checkAnswered = (answered: Answered, asker: Asker, given: string): string => {
  const { status, path, body, method } = answered;
  promise(status < 500 || status === 502, () => `${method} ${path} answers ${status}: ${body.slice(0, 200)}`);
  checkHeaders(answered);
  checkHtml(answered);
  if (STACK.test(body) && !STACK.test(given)) throw new Violation('crash', `${path} shows a stack`);
  for (const text of [...PATHS, ...SECRETS])
    promise(!body.includes(text) || given.includes(text), () => `${path} shows ${text}`);
  checkSize('the answer', body.length, given.length, 60);
  if (status >= 400) return checkProblem(answered);
  promise(asker.isOurHost, () => `another name is answered with ${status}`);
  promise(asker.hasCookie || !/^\/api(?:\/|$)/.test(path), () => `${path} is answered without the cookie`);
  promise(asker.isOurOrigin || method !== 'POST', () => `another page is answered with ${status}`);
  if (status < 300) checkBody(answered);
  return 'ok';
};
