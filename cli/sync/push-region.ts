import { SECOND_CALL_MS } from '../../adapters/one-a-second.ts';
import { AccountListRefused } from '../../core/account-list/account-list-refused.ts';
import type { ForAccountList } from '../../core/account-list/import-jobs.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedAccountList, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import type { Target } from '../deployment/target.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit } from '../exit.ts';
import { printable } from '../output/printable.ts';
import { stillPushed } from './sync-region.ts';

/** Above so many one call each takes too long. */
export const MANY = 1000;

/** How addresses are put on SES's list. */
export interface PushOptions extends Target {
  readonly importBucket?: string;
  readonly oneByOne?: true;
}

const refused = (fault: unknown): CliError =>
  fault instanceof AccountListRefused
    ? new CliError(
        fault.code === 'SANDBOX' ? 'AccountInSandbox' : 'AccountListRefused',
        printable(fault.message),
        fault.code === 'SANDBOX'
          ? 'Ask for production access in this Region first; until then SES lets nobody change its list. Pulling works: --direction pull.'
          : 'See what SES says, and start it again: what is done is not done twice.',
        Exit.FAILED,
        { cause: fault },
      )
    : awsFault(fault);

/** What became of pushes. */
export interface Pushed {
  readonly pushed: number;
  /** Addresses that this list does not block any more since they were found. */
  readonly withdrawn: number;
}

/** @throws CliError if there are too many for one call each and nothing says how else */
export const checkWay = (count: number, where: string, { importBucket, oneByOne }: PushOptions): void => {
  if (count <= MANY || importBucket !== undefined || oneByOne) return;
  const hours = Math.ceil((count * SECOND_CALL_MS) / 360_000) / 10;
  throw new CliError(
    'TooManyForOneByOne',
    `${count} addresses would be put on SES's list in ${where}, which takes one a second: about ${hours} hours`,
    'What was pulled is pulled. Give --import-bucket with an S3 bucket in that Region, or --one-by-one to wait.',
    Exit.USAGE,
  );
};

const pushByJob = (
  found: readonly ForAccountList[],
  where: string,
  options: PushOptions & { readonly importBucket: string; readonly opened: OpenedList },
  deps: Dependencies,
): Promise<Pushed> =>
  withOpened(
    (target) => deps.openImportJobs(target, where, options.importBucket),
    options,
    async ({ jobs }) => {
      const progress = deps.progress('addresses');
      try {
        const pushes = await stillPushed(found, options.opened);
        const { failed, failures, left } = await jobs.put(pushes, (done) => progress.show(done, pushes.length));
        for (const url of left)
          await deps.stderr.write(`FileLeft: ${printable(url)} could not be deleted; there are addresses in it.\n`);
        if (failed === 0) return { pushed: pushes.length, withdrawn: found.length - pushes.length };
        const seen = failures.length === 0 ? 'SES keeps the list of them with the import job.' : failures.join(' ');
        throw new CliError(
          'ImportJobIncomplete',
          `SES refused ${failed} of ${pushes.length} addresses in ${where}`,
          seen,
        );
      } finally {
        progress.end();
      }
    },
  );

const pushOneByOne = async (
  pushes: readonly ForAccountList[],
  { list }: OpenedAccountList,
  opened: OpenedList,
  deps: Dependencies,
): Promise<Pushed> => {
  const progress = deps.progress('addresses');
  let done = 0;
  let withdrawn = 0;
  try {
    for (const each of pushes) {
      try {
        const [still] = await stillPushed([each], opened);
        if (still === undefined) withdrawn += 1;
        else {
          await list.put(still.address, still.reason);
          done += 1;
        }
      } catch (fault) {
        if (!(fault instanceof AccountListRefused) || fault.code !== 'ADDRESS') throw fault;
        await deps.stderr.write(`AccountListRefused: ${printable(fault.message)}\n`);
      }
      progress.show(done, pushes.length);
    }
    return { pushed: done, withdrawn };
  } finally {
    progress.end();
  }
};

/**
 * Puts addresses on SES's list of one Region, each only if this list still blocks it: one call each, or by an import job
 * above {@link MANY} where a bucket is named.
 *
 * @throws CliError what SES or the bucket refused; what was put by then stays
 */
export const pushRegion = async (
  pushes: readonly ForAccountList[],
  account: OpenedAccountList,
  opened: OpenedList,
  options: PushOptions,
  deps: Dependencies,
): Promise<Pushed> => {
  const { importBucket } = options;
  try {
    return importBucket !== undefined && pushes.length > MANY
      ? await pushByJob(pushes, account.list.region, { ...options, importBucket, opened }, deps)
      : await pushOneByOne(pushes, account, opened, deps);
  } catch (fault) {
    throw refused(fault);
  }
};
