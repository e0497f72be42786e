import { type Command, InvalidArgumentError, Option } from 'commander';
import { SECOND_CALL_MS } from '../../adapters/one-a-second.ts';
import { AccountListRefused } from '../../core/account-list/account-list-refused.ts';
import type { ForAccountList } from '../../core/account-list/import-jobs.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedAccountList, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList, withListToWrite } from '../deployment/with-list.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';
import { sesRegionOption } from '../ses-region-option.ts';
import { differenceLine, head, moreLines, summary } from '../sync/report.ts';
import {
  type Compared,
  compare,
  DIRECTIONS,
  type Difference,
  type Direction,
  stillPushed,
} from '../sync/sync-region.ts';

interface Options extends Target {
  readonly sesRegion?: readonly string[];
  readonly direction: Direction;
  readonly importBucket?: string;
  readonly oneByOne?: true;
  readonly yes?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor sync
  $ ses-suppressor sync --yes
  $ ses-suppressor sync --ses-region eu-west-1 --ses-region us-east-1 --direction pull --yes
  $ ses-suppressor sync --direction push --import-bucket my-bucket --yes

Compares this list with SES's own of the account, in each Region given. Pulled is what SES lists and this list does not
block, with SES's time: what a person removed here later stays free, and is named. Pushed are hard bounces and complaints
that hold everywhere without end. Without --yes it only says what it would do. SES takes one address a second; above
1,000 it wants a file in an S3 bucket of the Region (--import-bucket), or patience (--one-by-one). A run that was ended
is simply started again: what is done is not done twice.

Exit codes: 0 done, or shown; 1 failed, or not all of it could be done.`;

/** Above so many one call each takes too long. */
const MANY = 1000;
/** Differences of one kind that a person is shown. */
const SHOWN = 20;

const bucketName = (given: string): string => {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(given))
    throw new InvalidArgumentError('Give the name of an S3 bucket.');
  return given;
};

/** Tells differences as they are found: all of them in JSON, the first of each kind to people. */
const teller = (options: Options, { region: where }: { readonly region: string }, deps: Dependencies) => {
  const seen = new Map<Difference['kind'], number>();
  return async (difference: Difference): Promise<void> => {
    if (options.json) {
      const { kind, address, reason } = difference;
      return deps.stdout.write(jsonLine({ region: where, difference: kind, address, reason }));
    }
    const count = (seen.get(difference.kind) ?? 0) + 1;
    seen.set(difference.kind, count);
    if (count <= SHOWN) await deps.stdout.write(differenceLine(difference, where, deps.paint));
  };
};

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
interface Pushed {
  readonly pushed: number;
  /** Addresses that this list does not block any more since they were found. */
  readonly withdrawn: number;
}

/** @throws CliError if there are too many for one call each and nothing says how else */
const checkWay = (count: number, where: string, { importBucket, oneByOne }: Options): void => {
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
  options: Options & { readonly importBucket: string; readonly opened: OpenedList },
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

const push = async (
  { pushes }: Compared,
  account: OpenedAccountList,
  opened: OpenedList,
  options: Options,
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

const syncOne = (where: string | undefined, options: Options, deps: Dependencies): Promise<boolean> =>
  withOpened(
    (target) => deps.openAccountList(target, where),
    options,
    (account) =>
      // What is pushed is read here and written in SES: a copy of the list will do.
      (options.direction === 'push' ? withList : withListToWrite)(deps, options, async (opened) => {
        const { region: name } = account.list;
        if (!options.json) await deps.stdout.write(head(name, opened.table, deps.paint));
        const progress = deps.progress("addresses of SES's list");
        const compared = await compare(account.list, opened, {
          direction: options.direction,
          act: options.yes === true,
          tell: teller(options, account.list, deps),
          show: (seen) => progress.show(seen),
          sleep: deps.sleep,
        }).finally(() => progress.end());
        if (!options.json) await deps.stdout.write(moreLines(compared, SHOWN));
        if (options.yes) checkWay(compared.pushes.length, name, options);
        const { pushed, withdrawn } = options.yes
          ? await push(compared, account, opened, options, deps)
          : { pushed: 0, withdrawn: 0 };
        const acted = options.yes === true;
        await deps.stdout.write(
          options.json
            ? jsonLine({
                region: name,
                listed: compared.listed,
                ours: compared.ours,
                ...compared.counts,
                acted,
                pushed,
                withdrawn,
              })
            : summary(compared, { acted, pushed, withdrawn, millisEach: SECOND_CALL_MS, many: MANY, region: name }),
        );
        return compared.counts.unreadable > 0 || (acted && pushed + withdrawn < compared.pushes.length);
      }),
  );

const sync = async (options: Options, deps: Dependencies): Promise<ExitCode> => {
  const regions = options.sesRegion ?? [undefined];
  if (options.importBucket !== undefined && regions.length > 1)
    throw new CliError(
      'BucketIsOfOneRegion',
      'an S3 bucket is in one Region, and several were given',
      'Run it for each Region with a bucket of its own.',
      Exit.USAGE,
    );
  let incomplete = false;
  for (const each of regions) incomplete = (await syncOne(each, options, deps)) || incomplete;
  return incomplete ? Exit.FAILED : Exit.DONE;
};

/** Adds `sync`. */
export const addSync = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('sync')
      .summary("compare this list with SES's own, and make the two agree")
      .description("Compares this list with the account's own in SES; with --yes each gets what it lacks.")
      .addOption(sesRegionOption('a Region whose list it is'))
      .addOption(new Option('--direction <way>', 'which list gets what it lacks').choices(DIRECTIONS).default('both'))
      .option('--import-bucket <bucket>', `an S3 bucket in the Region, for more than ${MANY} addresses`, bucketName)
      .option('--one-by-one', `put more than ${MANY} addresses on SES's list one by one`)
      .option('--yes', 'do it; without, only say what would be done')
      .option('--json', 'one JSON line per difference, then one per Region'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => done(await sync(options, deps)));
};
