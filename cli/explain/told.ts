import type { Standing } from '../../core/entry/derive.ts';
import type { Entry } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';

/** One entry as the table has it: the facts, and what sends are told. */
export interface Told {
  readonly entry: Entry;
  readonly standing: Standing;
  readonly version: string;
  /** When it was written, ISO 8601; absent if another program wrote it. */
  readonly updatedAt?: string;
  /** When the table may delete it; absent: never. */
  readonly expiresAt?: Instant;
}
