import { newAccess } from '../../../console/server/access.ts';
import { makeConsole } from '../../../console/server/app.ts';
import type { Desk } from '../../../console/server/desk.ts';
import type { Page } from '../../../console/server/page-files.ts';
import { type Given, memoryDependencies } from '../../cli/harness.ts';
import { stillFeed } from './still-feed.ts';

export const PORT = 4581;
export const ORIGIN = `http://127.0.0.1:${PORT}`;

const file = (type: string, text: string) => ({ type, body: new Uint8Array(Buffer.from(text)) });

const PAGE: Page = new Map([
  ['/', file('text/html; charset=utf-8', '<title>console</title>')],
  ['/app.js', file('text/javascript; charset=utf-8', 'void 0;')],
  ['/app.css', file('text/css; charset=utf-8', 'a{}')],
]);

type Headers = Readonly<Record<string, string>>;

/** A whole console in memory, guard and all, and requests as its own page sends them. */
export const shell = (given: Given = {}, desk?: Desk) => {
  const access = newAccess();
  const said: string[] = [];
  const app = makeConsole(
    {
      deps: memoryDependencies(given, { err: (text) => said.push(text) }),
      target: { stack: 'Suppressor' },
      feed: stillFeed(),
      ...(desk !== undefined && { desk }),
    },
    { port: PORT, access, page: PAGE },
  );
  const cookie = `ses-suppressor-${PORT}=${access.session}`;
  /** As anybody sends it: nothing but the host. */
  const bare = async (path: string, init: { method?: string; headers?: Headers; body?: string } = {}) =>
    app.request(`${ORIGIN}${path}`, { ...init, headers: { host: `127.0.0.1:${PORT}`, ...init.headers } });
  return {
    access,
    cookie,
    /** What was told on standard error. */
    said,
    app,
    bare,
    /** As the page reads; a header that is '' is left out. */
    get: (path: string, headers: Headers = {}) =>
      bare(path, { headers: sent({ cookie, 'sec-fetch-site': 'same-origin', ...headers }) }),
    /** As the page sends something; a header that is '' is left out. */
    post: (path: string, body: string, headers: Headers = {}) =>
      bare(path, {
        method: 'POST',
        body,
        headers: sent({ cookie, origin: ORIGIN, 'content-type': 'application/json', ...headers }),
      }),
  };
};

const sent = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));

/** The code of the problem that was answered. */
export const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;
