import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { type Access, cookieName, isSecret } from './access.ts';
import { Refusal } from './refusal.ts';

const NAMES = ['127.0.0.1', 'localhost'];
const READING = ['GET', 'HEAD'];
/** What `Sec-Fetch-Site` says of the page itself, and of an address that was typed; others do not send it at all. */
const OWN_SITE = ['same-origin', 'none'];
const JSON_TYPE = /^application\/json(?:\s*;|$)/i;

const OPEN_IT = 'Open the address that the terminal printed.';

const foreignHost = (port: number): Refusal =>
  new Refusal(421, {
    code: 'ForeignHost',
    message: `the console is http://${NAMES[0]}:${port} and has no other name`,
    remedy: OPEN_IT,
  });

const FOREIGN_SITE = new Refusal(403, {
  code: 'ForeignSite',
  message: 'another page asked for this',
  remedy: OPEN_IT,
});

const NOT_JSON = new Refusal(415, {
  code: 'NotJson',
  message: 'a request that changes something is JSON',
  remedy: 'Send it with the content type application/json.',
});

const NO_SESSION = new Refusal(401, {
  code: 'NotOpened',
  message: 'this browser has not opened the console, or the console was started again since',
  remedy: OPEN_IT,
});

const notAllowed = (allowed: readonly string[]): Refusal =>
  new Refusal(
    405,
    {
      code: 'MethodNotAllowed',
      message: 'nothing here is asked in this way',
      remedy: `Use ${allowed.join(' or ')}.`,
    },
    { allow: allowed.join(', ') },
  );

/** Somebody goes to the page from elsewhere, such as a terminal in a browser. The page itself holds nothing. */
const goesToThePage = (c: Context): boolean =>
  c.req.path === '/' && c.req.header('sec-fetch-mode') === 'navigate' && c.req.header('sec-fetch-dest') === 'document';

/**
 * Lets in what the console's own page asks, and nothing else: other pages in the same browser can reach loopback, too,
 * and a name of theirs may point at it.
 *
 * @param port - where the console listens
 */
export const guard = (port: number, { session }: Access): MiddlewareHandler => {
  const origins = NAMES.map((name) => new URL(`http://${name}:${port}`));
  const isOurHost = (host: string | undefined): boolean => origins.some((ours) => ours.host === host);
  const isOurOrigin = (origin: string | undefined): boolean => origins.some((ours) => ours.origin === origin);
  return async (c, next) => {
    const { method, path } = c.req;
    const ofApi = path === '/api' || path.startsWith('/api/');
    if (!isOurHost(c.req.header('host')) || !isOurHost(new URL(c.req.url).host)) throw foreignHost(port);
    const allowed = ofApi ? ['GET', 'POST'] : READING;
    if (!allowed.includes(method)) throw notAllowed(allowed);
    if (READING.includes(method)) {
      const site = c.req.header('sec-fetch-site');
      if (site !== undefined && !OWN_SITE.includes(site) && !goesToThePage(c)) throw FOREIGN_SITE;
    } else {
      if (!isOurOrigin(c.req.header('origin'))) throw FOREIGN_SITE;
      if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) throw NOT_JSON;
    }
    if (ofApi && !isSecret(getCookie(c, cookieName(port)), session)) throw NO_SESSION;
    await next();
  };
};
