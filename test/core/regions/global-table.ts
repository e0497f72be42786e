import type { Derived, Standing } from '../../../core/entry/derive.ts';
import { type Entry, type EntryKey, keyText } from '../../../core/entry/entry.ts';
import type { Ledger, Read, Stored } from '../../../core/ledger/ledger.ts';
import type { Steps } from './steps.ts';

/** An entry as one replica holds it. */
interface Item extends Stored {
  readonly derived: Derived;
  /** When it was written, and where: what decides between two. No clock of a real Region is as exact. */
  readonly stamp: number;
}

/**
 * A model of a DynamoDB global table with eventual consistency (MREC): each Region has a copy; a condition is judged on
 * the copy that is written; a write is sent to the others and arrives there later, in any order; of two versions of an item
 * the one that was written later stays, whole, and the other is gone without a word.
 */
export class GlobalTable {
  readonly #copies: ReadonlyMap<string, Map<string, Item>>;
  readonly #steps: Steps;
  #clock = 0;

  constructor(regions: readonly string[], steps: Steps) {
    this.#copies = new Map(regions.map((region) => [region, new Map()]));
    this.#steps = steps;
  }

  /** What a Region would be told now; undefined: nothing is known there. */
  held(region: string, key: EntryKey): Entry | undefined {
    return this.#copy(region).get(keyText(key))?.entry;
  }

  /** The table as a program in this Region sees it; every read and write is a step of the schedule. */
  ledger(region: string, who: string): Ledger {
    return {
      read: (keys) => this.#step(`${who} reads in ${region}`, () => this.#read(region, keys, (item): Stored => item)),
      standings: (keys) =>
        this.#step(`${who} asks in ${region}`, () => this.#read(region, keys, ({ derived }): Standing => derived)),
      write: (entry, derived, readVersion) =>
        this.#step(`${who} writes in ${region}`, () => this.#write(region, entry, derived, readVersion)),
    };
  }

  async #step<T>(name: string, act: () => T): Promise<T> {
    await this.#steps.turn(name);
    return act();
  }

  #read<T>(region: string, keys: readonly EntryKey[], of: (item: Item) => T): Read<T> {
    const found = new Map<string, T>();
    for (const key of keys) {
      const item = this.#copy(region).get(keyText(key));
      if (item !== undefined) found.set(keyText(key), of(item));
    }
    return { found, failed: new Map() };
  }

  #write(region: string, entry: Entry, derived: Derived, readVersion: string | undefined): 'written' | 'lost' {
    const copy = this.#copy(region);
    if (copy.get(keyText(entry))?.version !== readVersion) return 'lost';
    this.#clock += 1;
    const item: Item = { entry, derived, version: `v${this.#clock}`, stamp: this.#clock };
    copy.set(keyText(entry), item);
    for (const other of this.#copies.keys()) if (other !== region) this.#send(item, other);
    return 'written';
  }

  #send(item: Item, region: string): void {
    this.#steps.go(`${item.version} arrives in ${region}`, () => {
      const copy = this.#copy(region);
      const key = keyText(item.entry);
      if ((copy.get(key)?.stamp ?? 0) < item.stamp) copy.set(key, item);
    });
  }

  #copy(region: string): Map<string, Item> {
    const copy = this.#copies.get(region);
    if (copy === undefined) throw new Error(`no copy in ${region}`);
    return copy;
  }
}
