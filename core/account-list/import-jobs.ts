import type { AccountListReason } from './account-list.ts';

/** One address for SES's list. */
export interface ForAccountList {
  readonly address: string;
  readonly reason: AccountListReason;
}

/** What became of an import. */
export interface Imported {
  /** Addresses that SES took. */
  readonly done: number;
  /** Addresses that SES refused. */
  readonly failed: number;
  /** Where SES lists the refused ones, a link each; empty if none was. */
  readonly failures: readonly string[];
  /** Files that were put into the bucket and could not be deleted; empty if none was left. */
  readonly left: readonly string[];
}

/** Addresses SES takes in one job. */
export const JOB_ADDRESSES = 100_000;

/** SES's way of listing many addresses at once: a file in S3 for each {@link JOB_ADDRESSES}. */
export interface ImportJobs {
  /**
   * Lists all of them and waits until it is done.
   *
   * @param tell - told how many are done
   * @throws AccountListRefused if SES will not
   */
  put(all: readonly ForAccountList[], tell: (done: number) => void): Promise<Imported>;
}
