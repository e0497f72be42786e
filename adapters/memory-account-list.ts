import type { AccountList, AccountListed, AccountListReason } from '../core/account-list/account-list.ts';
import { AccountListRefused } from '../core/account-list/account-list-refused.ts';
import type { Instant } from '../core/instant.ts';

/** What a list in memory is made of. */
export interface MemoryAccountListOptions {
  /** @default us-east-1 */
  readonly region?: string;
  /** Milliseconds since the epoch, UTC. @default Date.now */
  readonly now?: () => Instant;
  /** Whether the account is in the sandbox, where nothing can be listed. @default false */
  readonly sandbox?: boolean;
  /** What is on it from the start. */
  readonly listed?: readonly AccountListed[];
}

/**
 * SES's account list in memory, for tests and trials: exact in upper and lower case as SES is, and without its pace.
 *
 * @example const list = new MemoryAccountList(); await list.put('Pat@target.example', 'BOUNCE');
 */
export class MemoryAccountList implements AccountList {
  readonly region: string;
  readonly #now: () => Instant;
  readonly #sandbox: boolean;
  readonly #listed: Map<string, AccountListed>;
  #calls = 0;

  constructor({ region = 'us-east-1', now = Date.now, sandbox = false, listed = [] }: MemoryAccountListOptions = {}) {
    this.region = region;
    this.#now = now;
    this.#sandbox = sandbox;
    this.#listed = new Map(listed.map((each) => [each.given, each]));
  }

  /** Everything on it, for assertions, by address. */
  get listed(): readonly AccountListed[] {
    return [...this.#listed.values()].sort((a, b) => (a.given < b.given ? -1 : 1));
  }

  /** Calls so far; each would cost a second at SES. */
  get calls(): number {
    return this.#calls;
  }

  async *list(): AsyncGenerator<AccountListed> {
    this.#calls += 1;
    yield* [...this.#listed.values()];
  }

  async get(given: string): Promise<AccountListed | undefined> {
    this.#calls += 1;
    return this.#listed.get(given);
  }

  async put(given: string, reason: AccountListReason): Promise<void> {
    this.#calls += 1;
    if (this.#sandbox) throw new AccountListRefused('SANDBOX', `the account is in the sandbox in ${this.region}`);
    this.#listed.set(given, { given, reason, updatedAt: this.#now() });
  }

  async remove(given: string): Promise<'removed' | 'absent'> {
    this.#calls += 1;
    return this.#listed.delete(given) ? 'removed' : 'absent';
  }
}
