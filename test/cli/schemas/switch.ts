import * as v from 'valibot';

const instant = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fraction = v.pipe(v.number(), v.minValue(0));

const Pause = v.strictObject({
  at: instant,
  by: v.picklist(['breaker', 'command', 'elsewhere']),
  operator: v.nullable(v.string()),
  note: v.nullable(v.string()),
  cause: v.nullable(
    v.strictObject({
      kind: v.picklist(['bounces', 'complaints']),
      source: v.picklist(['ses', 'own']),
      rate: fraction,
      line: fraction,
      events: count,
      volume: count,
      since: instant,
    }),
  ),
});

/** What `pause --json` prints. */
export const PauseLine = v.strictObject({
  action: v.literal('pause'),
  configurationSet: v.nullable(v.string()),
  changed: v.boolean(),
  sending: v.literal(false),
  pause: Pause,
});

/** What `resume --json` prints. */
export const ResumeLine = v.strictObject({
  action: v.literal('resume'),
  configurationSet: v.nullable(v.string()),
  changed: v.boolean(),
  sending: v.literal(true),
  pause: v.nullable(Pause),
  resumedAt: v.nullable(instant),
});
