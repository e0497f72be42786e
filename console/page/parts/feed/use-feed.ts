import { useEffect, useState } from 'preact/hooks';
import type { DeploymentView, FeedItem, FeedState, Pulse } from '../../../api.ts';
import { connection } from '../connection.ts';
import { get } from '../fetch.ts';

/** Lines that are kept in the page. */
export const MOST_LINES = 1000;

/** Lines that come at once are drawn at once. */
const GATHER_MS = 80;
const REOPEN_MS = 3000;

/** What the live feed has told so far. */
export interface LiveFeed {
  /** Newest first. */
  readonly items: readonly FeedItem[];
  readonly pulse: Pulse | null;
  readonly state: FeedState | null;
  /** `lost`: it was open, or could not be opened; it is tried again by itself. */
  readonly line: 'opening' | 'live' | 'lost';
}

const NOTHING: LiveFeed = { items: [], pulse: null, state: null, line: 'opening' };

/** The lines with those that came, newest first; a line that comes again, or lies below what is kept, changes nothing. */
export const withLines = (items: readonly FeedItem[], came: readonly FeedItem[]): readonly FeedItem[] => {
  const known = new Set(items.map((item) => item.id));
  const fresh = came.filter((item) => !known.has(item.id));
  if (fresh.length === 0) return items;
  return [...fresh, ...items].sort((a, b) => b.id - a.id).slice(0, MOST_LINES);
};

/**
 * The feed as it happens. A connection that breaks is made again, and goes on after the last line that came. While the page
 * cannot be seen there is none: a feed may cost its owner something as long as somebody listens.
 */
export const useFeed = (): LiveFeed => {
  const [feed, setFeed] = useState(NOTHING);

  useEffect(() => {
    let source: EventSource | undefined;
    let gathered: FeedItem[] = [];
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let last = 0;

    const tell = (part: Partial<LiveFeed>) => setFeed((before) => ({ ...before, ...part }));
    const flush = () => {
      gathering = undefined;
      const came = gathered;
      gathered = [];
      setFeed((before) => ({ ...before, items: withLines(before.items, came) }));
    };
    const item = ({ data }: MessageEvent<string>) => {
      const read: FeedItem = JSON.parse(data);
      last = Math.max(last, read.id);
      gathered.push(read);
      gathering ??= setTimeout(flush, GATHER_MS);
    };
    const state = ({ data }: MessageEvent<string>) => {
      const read: FeedState = JSON.parse(data);
      tell({ state: read });
      if (read.newest >= last) return;
      // Another feed than before: its lines count from one again.
      last = 0;
      gathered = [];
      tell({ items: [] });
    };
    const failed = () => {
      tell({ line: 'lost' });
      connection.set('lost');
      // The browser tries again by itself unless it was refused.
      if (source?.readyState !== EventSource.CLOSED) return;
      get<DeploymentView>('/deployment').catch(() => undefined);
      clearTimeout(reopening);
      reopening = setTimeout(reopen, REOPEN_MS);
    };
    const reopen = () => {
      source?.close();
      clearTimeout(reopening);
      if (document.visibilityState === 'hidden') return;
      source = new EventSource(last === 0 ? '/api/feed' : `/api/feed?after=${last}`);
      source.addEventListener('open', () => {
        tell({ line: 'live' });
        connection.set('fine');
      });
      source.addEventListener('item', item);
      source.addEventListener('state', state);
      source.addEventListener('pulse', ({ data }: MessageEvent<string>) => tell({ pulse: JSON.parse(data) }));
      source.addEventListener('error', failed);
    };
    reopen();
    document.addEventListener('visibilitychange', reopen);
    return () => {
      document.removeEventListener('visibilitychange', reopen);
      source?.close();
      clearTimeout(gathering);
      clearTimeout(reopening);
    };
  }, []);

  return feed;
};
