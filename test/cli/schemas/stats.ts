import * as v from 'valibot';
import { METRIC_RULES } from '../../../core/contract/index.ts';

const instant = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fraction = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const lines = v.strictObject({ review: v.number(), pause: v.number() });

const counts = v.strictObject(
  Object.fromEntries(
    Object.entries(METRIC_RULES).map(([metric, rules]) => [
      metric,
      v.exactOptional(v.record(v.picklist([...rules] as string[]), count)),
    ]),
  ),
);

/** What `stats --json` prints. */
export const StatsLine = v.strictObject({
  since: instant,
  until: instant,
  hours: count,
  rates: v.strictObject({
    wired: v.picklist(['deliveries', 'sends', 'neither']),
    volume: v.nullable(count),
    bounces: count,
    complaints: count,
    bounceRate: fraction,
    complaintRate: fraction,
  }),
  ses: v.strictObject({ configurationSet: v.nullable(v.string()), bounceRate: fraction, complaintRate: fraction }),
  lines: v.strictObject({ bounces: lines, complaints: lines }),
  counts,
  streams: v.exactOptional(v.record(v.string(), count)),
  list: v.strictObject({
    of: v.picklist(['all', 'changes']),
    entries: count,
    complete: v.boolean(),
    byReason: v.record(v.string(), count),
  }),
});
