import type { FeedItem, RawText } from '../../console/api.ts';
import type { Feed, FeedListener } from '../../console/server/feed/feed.ts';
import { feedItem, type Said } from '../../console/server/feed/feed-line.ts';
import { FeedLog } from '../../console/server/feed/feed-log.ts';

/** A feed in which happens what a test says. */
export interface ToldFeed {
  readonly feed: Feed;
  readonly log: FeedLog;
  /** Adds a line; with texts, or none because of `lacks`. */
  say(said: Omit<Said, 'at'> & { readonly at?: string }, told?: { sentence?: string; raw?: readonly RawText[] }): void;
  /** How many streams are open. */
  readonly streams: () => number;
  /** Ends every stream, as a broken connection does. */
  breakStreams(): void;
}

const LACKS = 'Nothing was kept of it.';

/** @param of - how the feed says that it stands */
export const toldFeed = (of: { of: 'all' | 'list'; everySeconds: number | null }): ToldFeed => {
  const log = new FeedLog(of);
  const listeners = new Set<FeedListener>();
  const feed: Feed = {
    get state() {
      return log.state;
    },
    get pulse() {
      return log.pulse;
    },
    since: (after): readonly FeedItem[] => log.since(after),
    detail: (id) => log.detail(id),
    listen: (listener) => {
      listeners.add(listener);
      const stop = log.listen(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    close: () => undefined,
  };
  return {
    feed,
    log,
    streams: () => listeners.size,
    say: ({ at = new Date().toISOString(), ...said }, { sentence = 'It happened.', raw = [] } = {}) =>
      log.add({
        item: feedItem({ at, ...said }),
        told: { sentence, because: null, source: null, raw, lacks: raw.length === 0 ? LACKS : null },
      }),
    breakStreams: () => {
      for (const listener of [...listeners]) listener.ended();
    },
  };
};
