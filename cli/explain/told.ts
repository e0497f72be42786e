import type { Standing } from '../../core/entry/derive.ts';
import type { Entry } from '../../core/entry/entry.ts';

/** One entry as the table has it: the facts, and what sends are told. */
export interface Told {
  readonly entry: Entry;
  readonly standing: Standing;
  readonly version: string;
}
