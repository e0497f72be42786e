import { streamSSE } from 'hono/streaming';
import * as v from 'valibot';
import { SECOND } from '../../../core/instant.ts';
import type { AddRoutes } from '../console.ts';
import { BEAT, FeedStream } from '../feed/feed-stream.ts';
import { Refusal } from '../refusal.ts';
import { valid } from '../valid.ts';

/** Milliseconds between two signs of life. */
const BEAT_EVERY = 15 * SECOND;

const Id = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
const After = v.strictObject({ after: v.optional(Id) });

const notKept = (id: number): Refusal =>
  new Refusal(404, {
    code: 'LineNotKept',
    message: `line ${id} of the feed is not kept, or no longer`,
    remedy: 'The feed keeps its newest 1,000 lines; what the list remembers stands at the entry of the address.',
  });

/** What routes of the feed are made of. */
export interface FeedRoutesOptions {
  /** Tells again and again that it is time for a sign of life. @default - every 15 seconds */
  readonly beats?: (beat: () => void) => () => void;
}

const everyBeat = (beat: () => void): (() => void) => {
  const timer = setInterval(beat, BEAT_EVERY);
  return () => clearInterval(timer);
};

/** Makes what {@link addFeedRoutes} is. */
export const feedRoutes =
  ({ beats = everyBeat }: FeedRoutesOptions = {}): AddRoutes =>
  (api, { feed }) => {
    api.get('/feed', (c) => {
      const { after } = valid(After, c.req.query());
      // what a browser that connects again has seen last goes first
      const last = v.safeParse(Id, c.req.header('last-event-id'));
      // nobody would ever read the stream of a HEAD request, or end it
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
      return streamSSE(c, async (stream) => {
        const events = new FeedStream(feed, last.success ? last.output : (after ?? 0), () => stream.abort());
        const stop = beats(() => events.beat());
        stream.onAbort(() => events.end());
        try {
          for await (const { event, data, id } of events) {
            if (event === BEAT) await stream.write(':\n\n');
            else
              await stream.writeSSE({ event, data: JSON.stringify(data), ...(id !== undefined && { id: String(id) }) });
          }
        } finally {
          stop();
          events.end();
        }
      });
    });

    api.get('/feed/:id', async (c) => {
      const { id } = valid(v.strictObject({ id: Id }), c.req.param());
      valid(v.strictObject({}), c.req.query());
      const detail = await feed.detail(id);
      if (detail === undefined) throw notKept(id);
      return c.json(detail);
    });
  };

/**
 * Adds the feed: `GET /feed`, server-sent events `state`, `pulse` and `item` (those kept after `Last-Event-ID` or `?after=`,
 * then each as it happens), and `GET /feed/:id`, all that is known of one line. A client that reads too slowly is cut off,
 * and goes on where it was when it connects again.
 */
export const addFeedRoutes: AddRoutes = feedRoutes();
