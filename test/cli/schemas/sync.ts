import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const region = v.pipe(v.string(), v.regex(/^[a-z]{2}-[a-z]+-\d$/));

/** A difference, as `sync --json` names it. */
export const DifferenceLine = v.strictObject({
  region,
  difference: v.picklist(['pull', 'push', 'removed-here', 'allowed-here', 'ignored', 'unreadable']),
  address: v.string(),
  reason: v.nullable(v.picklist(['BOUNCE', 'COMPLAINT'])),
});

/** The counts of a Region, after its differences. */
export const RegionLine = v.strictObject({
  region,
  listed: count,
  ours: count,
  pull: count,
  push: count,
  'removed-here': count,
  'allowed-here': count,
  ignored: count,
  unreadable: count,
  acted: v.boolean(),
  pushed: count,
  withdrawn: count,
});

export const SyncLine = v.union([DifferenceLine, RegionLine]);
