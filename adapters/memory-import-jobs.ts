import type { AccountList } from '../core/account-list/account-list.ts';
import type { ForAccountList, Imported, ImportJobs } from '../core/account-list/import-jobs.ts';

/** Import jobs without S3, for tests: they list on a list in memory. */
export class MemoryImportJobs implements ImportJobs {
  readonly #list: AccountList;
  readonly #puts: number[] = [];

  constructor(list: AccountList) {
    this.#list = list;
  }

  /** How many addresses each call had. */
  get puts(): readonly number[] {
    return this.#puts;
  }

  async put(all: readonly ForAccountList[], tell: (done: number) => void): Promise<Imported> {
    this.#puts.push(all.length);
    for (const [i, { address, reason }] of all.entries()) {
      await this.#list.put(address, reason);
      tell(i + 1);
    }
    return { done: all.length, failed: 0, failures: [], left: [] };
  }
}
