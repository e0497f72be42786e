import type { Instant } from '../instant.ts';

/** Why SES lists an address, in SES's words. */
export type AccountListReason = 'BOUNCE' | 'COMPLAINT';

/** One address on SES's account-level list of a Region. */
export interface AccountListed {
  /** As SES stores it: upper and lower case as it once arrived. */
  readonly given: string;
  readonly reason: AccountListReason;
  readonly updatedAt: Instant;
}

/**
 * SES's own account-level suppression list in one Region. SES takes one call a second; implementations keep to that and
 * try again when they are throttled. Storage is exact in upper and lower case, sending is not: an address may stand in it in
 * another spelling than its key.
 */
export interface AccountList {
  /** The Region it belongs to. */
  readonly region: string;
  /**
   * Every address, page by page, in no order.
   *
   * @throws AccountListRefused where SES keeps it closed, as in its sandbox
   */
  list(): AsyncIterable<AccountListed>;
  /** @returns undefined if this very spelling is not listed */
  get(given: string): Promise<AccountListed | undefined>;
  /**
   * Lists an address, or changes its reason.
   *
   * @throws AccountListRefused where SES does not allow it, as in its sandbox
   */
  put(given: string, reason: AccountListReason): Promise<void>;
  /**
   * Takes this very spelling off the list.
   *
   * @throws AccountListRefused where SES keeps it closed, as in its sandbox
   */
  remove(given: string): Promise<'removed' | 'absent'>;
}
