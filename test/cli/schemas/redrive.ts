import * as v from 'valibot';

const instant = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const queue = v.picklist(['feedback', 'undelivered', 'sends', 'failed-sends']);

/** What `redrive --json` prints for each cause. */
export const CauseLine = v.strictObject({
  queue,
  code: v.pipe(v.string(), v.minLength(1)),
  letters: count,
  goesBack: count,
  stays: v.array(v.string()),
  oldest: v.nullable(instant),
  sample: v.strictObject({ messageId: v.string(), message: v.nullable(v.string()), key: v.nullable(v.string()) }),
});

/** What `redrive --json` prints last. */
export const RedriveSummary = v.strictObject({
  queue,
  looked: count,
  complete: v.boolean(),
  depth: count,
  moved: v.nullable(count),
  stayed: v.nullable(v.array(v.strictObject({ why: v.string(), letters: count }))),
});
