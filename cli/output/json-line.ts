import { type Instant, toIso } from '../../core/instant.ts';

/** One line of NDJSON. */
export const jsonLine = (value: object): string => `${JSON.stringify(value)}\n`;

/** A time as every JSON of this program has it: ISO 8601, or null for none. */
export const isoOrNull = (instant: Instant | null | undefined): string | null =>
  instant === null || instant === undefined ? null : toIso(instant);
