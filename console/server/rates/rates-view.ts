import { byCount } from '../../../cli/stats/by-count.ts';
import type { ListCounts } from '../../../cli/stats/list-counts.ts';
import { LINE_SAYS, whyUnknown } from '../../../cli/stats/rate-words.ts';
import { Metric, type MetricName, SES_LINES } from '../../../core/contract/index.ts';
import { SECOND, toIso } from '../../../core/instant.ts';
import { lineReached, type RateOf } from '../../../core/rates/line-reached.ts';
import type { RateStanding, Rates } from '../../api.ts';
import type { WindowRead } from './window-read.ts';

const NONE: ReadonlyMap<string, number> = new Map();

const standing = (of: RateOf, rate: number | undefined): RateStanding | null => {
  if (rate === undefined) return null;
  const line = lineReached(of, rate);
  return { line, says: LINE_SAYS[line] };
};

/** What was read, as the page has it. */
export const ratesView = ({ metrics, grid, points, streams }: WindowRead, list: ListCounts): Rates => {
  const { since, until, hours, wired, identities, own, ses, counts } = metrics;
  const rules = (metric: MetricName) => byCount(counts.get(metric) ?? NONE).map(([rule, count]) => ({ rule, count }));
  const recipients = counts.get(Metric.RECIPIENTS) ?? NONE;
  return {
    since: toIso(since),
    until: toIso(until),
    hours,
    pointSeconds: grid.millis / SECOND,
    lines: SES_LINES,
    points,
    own: {
      volume: own.volume ?? null,
      bounces: own.bounces,
      complaints: own.complaints,
      bounceRate: own.bounceRate ?? null,
      complaintRate: own.complaintRate ?? null,
    },
    ses: { bounces: ses.bounces ?? null, complaints: ses.complaints ?? null },
    standings: {
      own: { bounces: standing('bounces', own.bounceRate), complaints: standing('complaints', own.complaintRate) },
      ses: { bounces: standing('bounces', ses.bounces), complaints: standing('complaints', ses.complaints) },
    },
    wired,
    unknown: own.volume === undefined ? whyUnknown(identities) : null,
    streams,
    feedback: rules(Metric.FEEDBACK),
    simulator: rules(Metric.SIMULATOR),
    recipients: {
      sent: recipients.get('sent') ?? 0,
      suppressed: recipients.get('suppressed') ?? 0,
      refused: recipients.get('refused') ?? 0,
    },
    list: {
      entries: list.entries,
      complete: list.complete,
      byReason: [...list.byReason].map(([reason, count]) => ({ reason, count })),
    },
  };
};
