import * as v from 'valibot';
import { ExportLine } from './export.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

/** A line of `explain --json` about an entry: what `export` tells, and what only the table needs. */
export const ExplainLine = v.strictObject({
  ...ExportLine.entries,
  expiresAt: v.nullable(time),
  version: v.pipe(v.string(), v.nonEmpty()),
});
