import { type Command, InvalidArgumentError } from 'commander';
import { toIso } from '../../core/instant.ts';
import { ALL_COUNTERS, readCounts } from '../../core/rates/counters.ts';
import type { Reputation } from '../../core/rates/metric-reader.ts';
import { ownRates } from '../../core/rates/own-rates.ts';
import { windowStart } from '../../core/rates/window.ts';
import { WIRING_COUNTERS, WIRING_MS, wiredBy } from '../../core/rates/wired-by.ts';
import type { Dependencies, OpenedMetrics } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { countList, type ListCounts } from '../stats/list-counts.ts';
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
/** Changes that are counted: a unit of reading each few dozen, and a second each few thousand. */
const MOST_CHANGES = 100_000;

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

const NO_REPUTATION: Reputation = { bounces: undefined, complaints: undefined };

const readMetrics = async (
  { reader, configurationSet, identities }: OpenedMetrics,
  options: Options,
  until: number,
): Promise<Omit<Stats, 'list' | 'whole'>> => {
  const since = windowStart(options.hours, until);
  const wiring = await readCounts(reader, WIRING_COUNTERS, Math.min(since, until - WIRING_MS), until);
  const counts = await readCounts(reader, ALL_COUNTERS, since, until);
  const ses = configurationSet === undefined ? NO_REPUTATION : await reader.reputation(configurationSet, since, until);
  const wired = wiredBy(wiring, identities);
  const rules = new Map([...(counts.get('Messages') ?? []), ...(counts.get('Feedback') ?? [])]);
  const own = ownRates(rules, wired);
  return { since, until, hours: options.hours, wired, identities, own, configurationSet, ses, counts };
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
  const read = (opened: OpenedMetrics) => readMetrics(opened, options, deps.now());
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
