import { type Command, InvalidArgumentError, Option } from 'commander';
import { SECOND_CALL_MS } from '../../adapters/one-a-second.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import { withList, withListToWrite } from '../deployment/with-list.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json-line.ts';
import { sesRegionOption } from '../ses-region-option.ts';
import { checkWay, MANY, type PushOptions, pushRegion } from '../sync/push-region.ts';
import { differenceLine, head, moreLines, summary } from '../sync/report.ts';
import { compare, DIRECTIONS, type Difference, type Direction } from '../sync/sync-region.ts';

interface Options extends PushOptions {
  readonly sesRegion?: readonly string[];
  readonly direction: Direction;
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
          ? await pushRegion(compared.pushes, account, opened, options, deps)
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
