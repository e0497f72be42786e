import * as v from 'valibot';

const instant = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Standing = v.strictObject({
  status: v.picklist(['suppressed', 'watched', 'allowed']),
  reason: v.nullable(v.string()),
  since: v.nullable(instant),
  until: v.nullable(instant),
});

/** What `replay --json` prints for each entry that differs. */
export const DifferenceLine = v.strictObject({
  address: v.string(),
  scope: v.string(),
  change: v.picklist(['facts', 'standing']),
  before: v.nullable(Standing),
  after: Standing,
});

/** What `replay --json` prints last. */
export const ReplaySummary = v.strictObject({
  replay: v.picklist(['merge', 'rebuild']),
  messages: count,
  malformed: count,
  decisions: v.record(v.string(), count),
  changed: count,
  learnt: count,
  unchanged: count,
  unreadable: count,
  written: v.nullable(count),
});
