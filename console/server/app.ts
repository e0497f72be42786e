import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import { printable } from '../../cli/output/printable.ts';
import { type Access, cookieName, isSecret } from './access.ts';
import type { AddRoutes, Console } from './console.ts';
import { guard } from './guard.ts';
import type { Page } from './page-files.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './refusal-of.ts';
import { addDecideRoutes } from './routes/decide.ts';
import { addDeploymentRoutes } from './routes/deployment.ts';
import { addDeskRoutes } from './routes/desk.ts';
import { addEntryRoutes } from './routes/entry.ts';
import { addExportRoutes } from './routes/export.ts';
import { addFeedRoutes } from './routes/feed.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addListRoutes } from './routes/list.ts';
import { addQueuesRoutes } from './routes/queues.ts';
import { addRatesRoutes } from './routes/rates.ts';
import { securityHeaders } from './security-headers.ts';

const ROUTES: readonly AddRoutes[] = [
  addDecideRoutes,
  addDeploymentRoutes,
  addDeskRoutes,
  addEntryRoutes,
  addExportRoutes,
  addFeedRoutes,
  addHealthRoutes,
  addListRoutes,
  addQueuesRoutes,
  addRatesRoutes,
];

const KILOBYTE = 1000;
/** A mail of SES's 10 MB, in base64. */
const MAIL_BYTES = 15_000 * KILOBYTE;
const BODY_BYTES = 64 * KILOBYTE;

const atMost = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Refusal(413, {
        code: 'TooLarge',
        message: `the request is longer than ${maxSize / KILOBYTE} kB`,
        remedy: 'Send less at once.',
      });
    },
  });

const nothingAt = (path: string): Refusal =>
  new Refusal(404, {
    code: 'NoSuchPath',
    message: `there is nothing at ${printable(path).slice(0, 80)}`,
    remedy: 'The console is at /.',
  });

/** Where and for whom a console is served. */
export interface Served {
  readonly port: number;
  readonly access: Access;
  readonly page: Page;
}

/**
 * The whole console: its page, which holds no data and is given to everybody, and below `/api` what the page asks, for
 * whoever came with the token. What fails is answered with a problem; what nobody foresaw is told on standard error.
 *
 * @example makeConsole(console, { port, access, page }).fetch(request)
 */
export const makeConsole = (console: Console, { port, access, page }: Served): Hono => {
  const app = new Hono();
  app.use(securityHeaders, guard(port, access));
  app.onError((fault, c) => {
    const { status, problem, headers } = refusalOf(fault);
    if (status === 500)
      void console.deps.stderr
        .write(`${c.req.method} ${c.req.path}: ${printable(String(fault))}\n`)
        .catch(() => undefined);
    return c.json({ error: problem }, status, headers);
  });
  app.notFound((c) => {
    throw nothingAt(c.req.path);
  });
  app.get('/', async (c, next) => {
    const token = c.req.query('token');
    if (token === undefined) return next();
    if (isSecret(token, access.token))
      setCookie(c, cookieName(port), access.session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return c.redirect('/', 303);
  });
  for (const [path, { type, body }] of page) app.get(path, (c) => c.body(body, 200, { 'content-type': type }));
  const api = new Hono();
  const some = atMost(BODY_BYTES);
  const mail = atMost(MAIL_BYTES);
  api.use((c, next) => (c.req.path === '/api/desk/send' ? mail : some)(c, next));
  for (const add of ROUTES) add(api, console);
  return app.route('/api', api);
};
