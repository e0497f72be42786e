import type { Dependencies, OpenedList } from '../../../cli/dependencies.ts';
import { awsFault } from '../../../cli/deployment/aws-fault.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { withOpened } from '../../../cli/deployment/with-opened.ts';
import { derive } from '../../../core/entry/derive.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { HOUR, type Instant, parseInstant, SECOND, toIso } from '../../../core/instant.ts';
import type { Listed, RecentRange } from '../../../core/ledger/ledger.ts';
import { changedLine, moreLine, unreadableLine } from './changed-line.ts';
import type { FeedLine } from './feed-line.ts';
import { FeedLog, type FeedLogLimits } from './feed-log.ts';
import { repeated, type Sleep } from './repeated.ts';
import { watchPulse } from './watch-pulse.ts';
import { WatchedFeed } from './watched-feed.ts';

export interface WatchListOptions {
  readonly deps: Pick<Dependencies, 'openList' | 'openMetrics' | 'now'>;
  readonly target: Target;
  /** @default - 1,000 lines, 32 MB */
  readonly limits?: FeedLogLimits;
  /** @default - by the real clock */
  readonly sleep?: Sleep;
}

/** Seconds between two looks. */
const EVERY = 5;
/** Seconds between two tries at the most, while nothing can be read. */
const LONGEST = 60;
const PULSE_EVERY = 60;
/** Entries that the first look shows, and that a later one shows at the most. */
const FIRST = 50;
const MOST = 200;
/** How late a change may come into the index, and how far the clocks of writers may lie apart. */
const OVERLAP = 15 * SECOND;
/** How far our clock may be ahead of theirs. */
const CLOCK_DOUBT = HOUR;

/** What one look found. */
interface Found {
  /** Oldest first. */
  readonly lines: readonly FeedLine[];
  /** When each entry that was taken was written, by key. */
  readonly written: ReadonlyMap<string, string>;
  /** Nothing of this time or before is of interest any more: it was seen, or left out. */
  readonly floor: string | undefined;
}

const isUnreadable = (fault: Error): boolean => fault.name === 'EntryUnreadable';

/** The newest changes that were not seen before, newest first, and whether there are more. */
const unseen = async (
  { ledger }: OpenedList,
  range: RecentRange,
  seen: ReadonlyMap<string, string>,
  most: number,
): Promise<{ readonly changes: readonly Listed[]; readonly more: boolean }> => {
  const changes = new Map<string, Listed>();
  for await (const entry of ledger.recent(range)) {
    const key = keyText(entry);
    // an entry that changes meanwhile may come twice
    if (changes.has(key) || entry.updatedAt <= (seen.get(key) ?? '')) continue;
    if (changes.size === most) return { changes: [...changes.values()], more: true };
    changes.set(key, entry);
  }
  return { changes: [...changes.values()], more: false };
};

/** @throws what kept any of them from being read, but for entries that are broken */
const readChanges = async (changes: readonly Listed[], { ledger, policy }: OpenedList, now: Instant) => {
  const { found, failed } = await ledger.read(changes);
  const fault = [...failed.values()].find((each) => !isUnreadable(each));
  if (fault !== undefined) throw fault;
  const written = new Map<string, string>();
  const lines: FeedLine[] = [];
  for (const listed of [...changes].reverse()) {
    const key = keyText(listed);
    const stored = found.get(key);
    const at = stored?.updatedAt ?? listed.updatedAt;
    written.set(key, at);
    const broken = failed.get(key);
    if (broken !== undefined) lines.push(unreadableLine(listed, toIso(parseInstant(at) ?? now), broken));
    // one that is gone again has nothing to tell
    if (stored === undefined) continue;
    const standing = at === listed.updatedAt ? listed : derive(stored.entry, policy);
    lines.push(changedLine({ ...stored, standing }, toIso(parseInstant(at) ?? now), policy, now));
  }
  return { lines, written };
};

/** Where the last look ended: what was seen of the time that the next one reads again. */
class Place {
  #seen: ReadonlyMap<string, string> = new Map();
  #since: Instant | undefined;

  get isFirst(): boolean {
    return this.#since === undefined;
  }

  /** When each entry of that time was written, by key. */
  get seen(): ReadonlyMap<string, string> {
    return this.#seen;
  }

  /** What the next look reads. */
  get range(): RecentRange {
    return this.#since === undefined ? {} : { since: this.#since };
  }

  /**
   * Never back, and not to long ago, which would be asked of every month in between; nor ahead of our own time, since what
   * one wrong clock wrote would hide what all others write until then.
   */
  move({ written, floor }: Found, lookedAt: Instant): void {
    const all = [...this.#seen, ...written];
    const newest = all.map(([, at]) => at).sort();
    const since = Math.max(
      this.#since ?? 0,
      (parseInstant(floor) ?? 0) + 1,
      Math.min(parseInstant(newest.at(-1)) ?? 0, lookedAt) - OVERLAP,
      lookedAt - CLOCK_DOUBT,
    );
    this.#since = since;
    this.#seen = new Map(all.filter(([, at]) => at >= toIso(since)));
  }
}

/**
 * The feed of a deployed stack: its list is looked at every five seconds while somebody listens, and each entry that changed
 * is a line. The first look shows the newest 50. What leaves the index is not seen: removals, and entries with strikes
 * alone. While nothing can be read the state says why, and it is tried again after growing waits, 5 seconds to a minute.
 *
 * A look asks each of the index's 8 buckets once, 0.5 read units each: 4 read units, so 2,880 in an hour of watching a list
 * in which nothing changes; near the turn of a month twice as many. Each entry that changed costs 1 read unit more per
 * 4 KB of it. Nothing is read while nobody listens, and pages that come and go cost no more than one that stays.
 *
 * @example startConsole({ deps, target, port: 0, feed: (deps) => watchList({ deps, target }) })
 */
export const watchList = ({ deps, target, limits, sleep }: WatchListOptions): WatchedFeed => {
  const log = new FeedLog({ of: 'list', everySeconds: EVERY }, limits);
  const feed = new WatchedFeed(log);
  const place = new Place();
  let fails = 0;

  const look = (now: Instant): Promise<Found> =>
    withOpened(deps.openList, target, async (list) => {
      const most = place.isFirst ? FIRST : MOST;
      const { changes, more } = await unseen(list, place.range, place.seen, most);
      const { lines, written } =
        changes.length === 0 ? { lines: [], written: new Map() } : await readChanges(changes, list, now);
      if (!more) return { lines, written, floor: undefined };
      return {
        lines: place.isFirst ? lines : [...lines, moreLine(most, now)],
        written,
        floor: changes.at(-1)?.updatedAt,
      };
    });

  const work = async (): Promise<number> => {
    const now = deps.now();
    try {
      const found = await look(now);
      place.move(found, now);
      for (const line of found.lines) log.add(line);
      fails = 0;
      log.setProblem(null);
      return EVERY * SECOND;
    } catch (fault) {
      fails += 1;
      const { code, message, remedy } = awsFault(fault);
      log.setProblem({ code, message, remedy });
      return Math.min(LONGEST, EVERY * 2 ** (fails - 1)) * SECOND;
    }
  };

  const pause = sleep === undefined ? {} : { sleep };
  feed.whileWatched(repeated({ work, now: deps.now, ...pause }));
  watchPulse({
    deps,
    target,
    log,
    feed,
    everySeconds: PULSE_EVERY,
    simulator: target.endpoint !== undefined,
    ...pause,
  });
  return feed;
};
