import type { Dependencies } from '../../../cli/dependencies.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { withOpened } from '../../../cli/deployment/with-opened.ts';
import { Metric, RATE_RULES } from '../../../core/contract/index.ts';
import { type Instant, SECOND, toIso } from '../../../core/instant.ts';
import type { Counter } from '../../../core/rates/metric-reader.ts';
import type { Pulse } from '../../api.ts';
import type { FeedLog } from './feed-log.ts';
import { repeated, type Sleep } from './repeated.ts';
import type { WatchedFeed } from './watched-feed.ts';

/** Minutes that the counts are of. */
const MINUTES = 5;
const MINUTE = 60 * SECOND;

export interface WatchPulseOptions {
  readonly deps: Pick<Dependencies, 'openMetrics' | 'now'>;
  readonly target: Target;
  /** Where the counts go. */
  readonly log: FeedLog;
  /** While it is listened to, they are read. */
  readonly feed: WatchedFeed;
  /** Seconds between two readings. */
  readonly everySeconds: number;
  /** Whether what the mailbox simulator says counts too, as on a local cloud, where there is nothing else. */
  readonly simulator: boolean;
  /** @default - by the real clock */
  readonly sleep?: Sleep;
}

type Counts = Pick<Pulse, 'sent' | 'suppressed' | 'refused' | 'bounces' | 'complaints' | 'deliveries'>;

const feedback = (rules: (typeof RATE_RULES)[keyof typeof RATE_RULES], simulator: boolean): Counter[] =>
  (simulator ? [Metric.FEEDBACK, Metric.SIMULATOR] : [Metric.FEEDBACK]).flatMap((metric) =>
    rules.map((rule): Counter => ({ metric, rule })),
  );

const countersOf = (simulator: boolean): Readonly<Record<keyof Counts, readonly Counter[]>> => ({
  sent: [{ metric: Metric.RECIPIENTS, rule: 'sent' }],
  suppressed: [{ metric: Metric.RECIPIENTS, rule: 'suppressed' }],
  refused: [{ metric: Metric.RECIPIENTS, rule: 'refused' }],
  bounces: feedback(RATE_RULES.bounces, simulator),
  complaints: feedback(RATE_RULES.complaints, simulator),
  deliveries: feedback(RATE_RULES.delivered, simulator),
});

const UNKNOWN: Counts = {
  sent: null,
  suppressed: null,
  refused: null,
  bounces: null,
  complaints: null,
  deliveries: null,
};

/** The last full minutes and the one that runs: metrics are kept by the minute. */
const since = (now: Instant): Instant => Math.floor(now / MINUTE) * MINUTE - MINUTES * MINUTE;

/**
 * Keeps the counts of the last minutes up to date while somebody listens. What cannot be read is null: the rates, and
 * `doctor`, say why.
 *
 * Of a deployed stack CloudWatch bills what is asked: eight metrics a reading, so 480 an hour at one reading a minute.
 */
export const watchPulse = ({ deps, target, log, feed, everySeconds, simulator, sleep }: WatchPulseOptions): void => {
  const names = Object.entries(countersOf(simulator));
  const counters = names.flatMap(([, each]) => each);

  const read = async (now: Instant): Promise<Counts> => {
    const sums = await withOpened(deps.openMetrics, target, ({ reader }) => reader.sums(counters, since(now), now + 1));
    let at = 0;
    const counts: Record<string, number> = {};
    for (const [name, { length }] of names) {
      counts[name] = sums.slice(at, at + length).reduce((sum, value) => sum + value, 0);
      at += length;
    }
    return { ...UNKNOWN, ...counts };
  };

  const work = async (): Promise<number> => {
    const now = deps.now();
    const counts = await read(now).catch(() => UNKNOWN);
    log.setPulse({ minutes: MINUTES, at: toIso(now), ...counts });
    return everySeconds * SECOND;
  };

  feed.whileWatched(repeated({ work, now: deps.now, ...(sleep === undefined ? {} : { sleep }) }));
};
