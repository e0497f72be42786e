import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A rejected row, as `import --json` names it. */
export const RejectedLine = v.strictObject({
  line: count,
  error: v.strictObject({ code: v.string(), message: v.pipe(v.string(), v.nonEmpty()) }),
});

/** The last line of `import --json`. */
export const ImportSummary = v.strictObject({
  form: v.picklist(['CSV', 'CSV without a head', 'JSON']),
  format: v.string(),
  columns: v.record(v.string(), v.string()),
  dryRun: v.boolean(),
  rows: count,
  written: count,
  unchanged: count,
  overruled: count,
  blockedAgain: count,
  rejected: count,
  byCode: v.record(v.string(), count),
  byReason: v.record(v.string(), count),
});

export const ImportLine = v.union([RejectedLine, ImportSummary]);
