import { type Command, InvalidArgumentError } from 'commander';
import { toIso } from '../../core/instant.ts';
import type { Dependencies, OpenedMetrics } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { countList, type ListCounts, MOST_CHANGES } from '../stats/list-counts.ts';
import { readMetrics } from '../stats/read-metrics.ts';
import { type Stats, statsJson, statsWords } from '../stats/report.ts';
import { metricsFault } from '../stats/stats-fault.ts';

interface Options extends Target {
  readonly hours: number;
  readonly list?: true;
  readonly json?: true;
}

const DEFAULT_HOURS = 24;
/** CloudWatch keeps hours for 455 days. */
const MOST_HOURS = 455 * 24;

const EXAMPLES = `
Examples:
  $ ses-suppressor stats
  $ ses-suppressor stats --hours 168
  $ ses-suppressor stats --list --json | jq .list.byReason

Rates are what SES counts: hard bounces of what was delivered or bounced, and complaints; the mailbox simulator is left out.
They are unknown where SES reports neither deliveries nor what it accepts. SES reckons its own over a volume it
does not tell, so the two differ. Counts come from CloudWatch, which all deployments of an account and Region share.`;

const hours = (given: string): number => {
  const number = Number(given);
  if (!/^\d{1,5}$/.test(given) || number === 0 || number > MOST_HOURS)
    throw new InvalidArgumentError(`Give a whole number of hours, 1 to ${MOST_HOURS}.`);
  return number;
};

const readList = (since: number, options: Options, deps: Dependencies): Promise<ListCounts> =>
  withList(deps, options, async ({ ledger }) => {
    const progress = deps.progress('entries');
    const [from, most] = options.list ? [undefined, Number.POSITIVE_INFINITY] : [toIso(since), MOST_CHANGES];
    try {
      return await countList(ledger, from, most, (counted) => progress.show(counted));
    } catch (fault) {
      throw awsFault(fault);
    } finally {
      progress.end();
    }
  });

const stats = async (options: Options, deps: Dependencies): Promise<ExitCode> => {
  const read = (opened: OpenedMetrics) => readMetrics(opened, options.hours, deps.now());
  const metrics = await withOpened(deps.openMetrics, options, read).catch((fault: unknown) =>
    Promise.reject(metricsFault(fault)),
  );
  const list = await readList(metrics.since, options, deps);
  const all: Stats = { ...metrics, list, whole: options.list === true };
  await deps.stdout.write(options.json ? statsJson(all) : statsWords(all, deps.paint));
  return Exit.DONE;
};

/** Adds `stats`. */
export const addStats = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  stackOptions(
    program
      .command('stats')
      .summary('say what was counted: rates, feedback, sends, the list')
      .description("Says what was counted in the last hours, and how the rates stand against SES's lines.")
      .option('--hours <number>', 'how far back', hours, DEFAULT_HOURS)
      .option('--list', 'count the whole list by reason, not only what changed: it reads all of its index')
      .option('--json', 'one JSON line'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => done(await stats(options, deps)));
};
