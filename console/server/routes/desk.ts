import * as v from 'valibot';
import type { AddRoutes } from '../console.ts';
import type { Desk } from '../desk.ts';
import { Refusal } from '../refusal.ts';
import { valid, validBody } from '../valid.ts';

/** The form of an id of SES's, whatever it names. */
const Named = v.strictObject({
  messageId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,128}$/, 'expected an id of SES')),
});

/** One object of whatever fields: which ones there are is for the send function to say. */
const Request = v.pipe(
  v.unknown(),
  v.check(
    (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
    'expected one send request, an object',
  ),
);

/**
 * What a mail's own HTML may do: show itself. It is in a frame of its own origin, runs nothing, fetches nothing, sends nothing; where
 * a link could lead is for the page around it, whose `frame-src` is the console alone.
 */
export const MAIL_POLICY = [
  'sandbox',
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

const NOT_HERE = new Refusal(404, {
  code: 'NotOnADeployment',
  message: 'mails can be tried, and what SES delivered be read, on the local cloud alone',
  remedy: 'Start it with `npm start`, and open the console that it prints.',
});

const noSuchMail = (messageId: string): Refusal =>
  new Refusal(404, {
    code: 'NoSuchMail',
    message: `there is no mail ${messageId} in the inbox`,
    remedy: 'The inbox keeps the newest mails, as long as the local cloud runs: choose one of those.',
  });

const noHtml = (messageId: string): Refusal =>
  new Refusal(404, {
    code: 'NoHtml',
    message: `the mail ${messageId} has no HTML, or is no longer in the inbox`,
    remedy: 'Read its text.',
  });

/** Adds what there is on a local cloud alone: trying mails, and reading what SES delivered. */
export const addDeskRoutes: AddRoutes = (api, { desk }) => {
  const here = (): Desk => {
    if (desk === undefined) throw NOT_HERE;
    return desk;
  };
  api.get('/desk', (c) => c.json(here().view));
  api.post('/desk/send', async (c) => {
    const { send } = here();
    return c.json(await send(await validBody(Request, c.req)));
  });
  api.get('/inbox', (c) => c.json(here().inbox()));
  api.get('/inbox/:messageId', async (c) => {
    const { letter } = here();
    const { messageId } = valid(Named, c.req.param());
    const found = await letter(messageId);
    if (found === undefined) throw noSuchMail(messageId);
    return c.json(found);
  });
  api.get('/inbox/:messageId/html', async (c) => {
    const { html } = here();
    const { messageId } = valid(Named, c.req.param());
    const found = await html(messageId);
    if (found === undefined) throw noHtml(messageId);
    return c.body(found, 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': MAIL_POLICY,
    });
  });
};
