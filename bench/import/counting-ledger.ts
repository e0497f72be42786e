import { encodeEntry } from '../../adapters/entry-codec.ts';
import type { Derived, Standing } from '../../core/entry/derive.ts';
import type { Entry, EntryKey } from '../../core/entry/entry.ts';
import type { Ledger, Read, Stored } from '../../core/ledger/ledger.ts';

/** A ledger that forgets: it makes each item as it would be written, counts it and drops it. */
export class CountingLedger implements Ledger {
  reads = 0;
  writes = 0;
  /** Entries that were suppressed. */
  suppressed = 0;

  async read(keys: readonly EntryKey[]): Promise<Read<Stored>> {
    this.reads += Math.ceil(keys.length / 100);
    return { found: new Map(), failed: new Map() };
  }

  async standings(): Promise<Read<Standing>> {
    return { found: new Map(), failed: new Map() };
  }

  async write(entry: Entry, derived: Derived): Promise<'written'> {
    const item = encodeEntry(entry, derived, { version: 'v', updatedAt: 0 });
    this.writes += 1;
    if (item.status?.S === 'suppressed') this.suppressed += 1;
    return 'written';
  }
}
