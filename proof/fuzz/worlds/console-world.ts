import { makeConsole } from '../../../console/server/app.ts';
import { FeedLog } from '../../../console/server/feed/feed-log.ts';
import { feedbackItems } from '../../../console/server/feed/feedback-items.ts';
import { watchList } from '../../../console/server/feed/list-watch.ts';
import { WatchedFeed } from '../../../console/server/feed/watched-feed.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { makeHandler } from '../../../lambda/send/handler.ts';
import { SendFailed } from '../../../lambda/send/send-failed.ts';
import { localDesk } from '../../../local/console/desk.ts';
import { failed, type Outcome } from '../../../local/functions/outcome.ts';
import { Inbox } from '../../../local/ses/inbox.ts';
import type { Header } from '../../../local/ses/mail.ts';
import { readMimeHeaders } from '../../../local/ses/mime-headers.ts';
import type { Json } from '../json.ts';
import { bytesOf, readyText } from '../recipe.ts';
import { PORT, SESSION, TOKEN } from '../seeds/console-requests.ts';
import { type CliWorld, cliWorld, dependenciesIn, NOW } from './cli-world.ts';
import { deniedDoctor } from './denied-doctor.ts';
import { LinesLog } from './lines-log.ts';
import { sendWorld } from './send-world.ts';
import { storedItem } from './stored-items.ts';

/** What there is before a request comes. */
export interface ConsoleGiven {
  /** Items of the table. */
  readonly items: readonly Json[];
  /** Messages of SES, as a feed that hears everything has them; none: the feed looks at the list. */
  readonly messages: readonly Json[];
  /** Bodies in every dead-letter queue. */
  readonly letters: readonly Json[];
  /** Mails in the inbox, as MIME. */
  readonly mails: readonly Json[];
}

const TARGET = { stack: 'Suppressor' };
const page = (text: string, type: string) => ({ type, body: new Uint8Array(Buffer.from(text)) });
const PAGE = new Map([
  ['/', page('<!doctype html><title>Console</title>', 'text/html; charset=utf-8')],
  ['/app.js', page('document.title;', 'text/javascript; charset=utf-8')],
  ['/app.css', page('body { margin: 0 }', 'text/css; charset=utf-8')],
]);

const headersOf = (raw: Buffer): readonly Header[] => {
  try {
    return readMimeHeaders(raw);
  } catch {
    // SES refuses such a mail; an inbox that has it all the same must not mind
    return [];
  }
};

const inboxWith = (mails: readonly Json[]): Inbox => {
  const inbox = new Inbox();
  for (const [i, mail] of mails.entries()) {
    const raw = bytesOf(readyText(mail));
    inbox.add({
      operation: 'SendRawEmail',
      source: 'no-reply@ledger.example',
      recipients: ['pat@target.example'],
      headers: headersOf(raw),
      tags: [{ name: 'stream', value: 'receipts' }],
      configurationSet: 'main',
      raw,
      content: null,
      undoing: null,
      messageId: `0100-${i + 1}`,
      messageIdHeader: `<0100-${i + 1}@email.amazonses.com>`,
      acceptedAt: new Date(NOW),
    });
  }
  return inbox;
};

/** The send function in memory, as a desk asks it, and how many mails it has sent. */
const sending = async () => {
  const { deps, mails } = await sendWorld();
  const { log } = new LinesLog();
  const counts = { add: () => undefined, flush: () => undefined };
  const handler = makeHandler({ ...deps, log, counts, now: () => NOW, tryMs: 10_000 });
  const invoke = async (_name: string, event: unknown): Promise<Outcome> => {
    try {
      return { ok: true, payload: JSON.stringify(await handler(event, { getRemainingTimeInMillis: () => 60_000 })) };
    } catch (fault) {
      if (fault instanceof SendFailed) return failed(fault.name, fault.message);
      throw fault;
    }
  };
  return { mails, invoke };
};

/** The whole console over what is in memory. */
export interface ConsoleWorld {
  readonly cli: CliWorld;
  /** What was told on standard error. */
  readonly said: { readonly err: string };
  ask(request: Request): Promise<Response>;
  /** All that a request could change, as text. */
  state(): string;
  close(): void;
}

/** Makes a console, whose feed has heard the messages, or else looks at the list once. */
export const consoleWorld = async ({ items, messages, letters, mails }: ConsoleGiven): Promise<ConsoleWorld> => {
  const cli = cliWorld();
  for (const each of items) {
    const item = storedItem(each);
    if (item !== undefined) cli.ledger.put(item);
  }
  for (const [i, body] of letters.entries())
    cli.letters.add({ messageId: `m-${i}`, sentAt: NOW - i * 1000, body: readyText(body) });
  const said = { out: '', err: '' };
  const deps = { ...dependenciesIn(cli, said), openDoctor: deniedDoctor };
  const heard = new FeedLog({ of: 'all', everySeconds: null });
  for (const message of messages)
    for (const line of feedbackItems({ message: readyText(message), at: NOW }, DEFAULT_POLICY, NOW)) heard.add(line);
  // one look, and then none before it is ended
  const sleep = (_millis: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const feed = messages.length > 0 ? new WatchedFeed(heard) : watchList({ deps, target: TARGET, sleep });
  const { mails: sent, invoke } = await sending();
  const desk = localDesk({ invoke, inbox: inboxWith(mails), addresses: { lambda: 'http://127.0.0.1:1' } });
  const app = makeConsole(
    { deps, target: TARGET, feed, desk },
    { port: PORT, access: { token: TOKEN, session: SESSION }, page: PAGE },
  );
  return {
    cli,
    said,
    ask: async (request) => app.fetch(request),
    state: () =>
      JSON.stringify([cli.ledger.items, cli.letters.visible, cli.outbox.received, cli.account.listed, sent.length]),
    close: () => feed.close(),
  };
};
