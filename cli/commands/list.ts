import { type Command, InvalidArgumentError } from 'commander';
import type { Instant } from '../../core/instant.ts';
import type { Listed } from '../../core/ledger/ledger.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { type Cell, columns } from '../output/columns.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { timeWords } from '../output/words.ts';

interface Options extends Target {
  readonly limit: number;
  readonly json?: true;
}

const DEFAULT_LIMIT = 50;

const EXAMPLES = `
Examples:
  $ ses-suppressor list --limit 20
  $ ses-suppressor list --limit 1000 --json | jq -r 'select(.reason == "complaint").address'

Lists what is suppressed or allowed; addresses with a history only are not in it. A hold that has ended is marked
"ended" (in JSON "ended":true) and no longer blocks.`;

const limit = (given: string): number => {
  const number = Number(given);
  if (!/^\d{1,9}$/.test(given) || number === 0) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
};

const hasEnded = ({ status, until }: Listed, now: Instant): boolean =>
  status === 'suppressed' && until !== undefined && until <= now;

const json = (entry: Listed, now: Instant): string => {
  const { address, scope, status, reason = null, since, until, updatedAt } = entry;
  const times = { since: isoOrNull(since), until: isoOrNull(until), updatedAt };
  return jsonLine({ address, scope, status, reason, ...times, ended: hasEnded(entry, now) });
};

const HEAD = ['ADDRESS', 'SCOPE', 'STATUS', 'REASON', 'SINCE', 'UNTIL'];

const row = (entry: Listed, now: Instant, paint: Paint): Cell[] => {
  const { address, scope, status, reason, since, until } = entry;
  const ended = hasEnded(entry, now);
  const colour = ended ? paint.faint : status === 'suppressed' ? paint.bad : paint.good;
  const end = until === undefined ? 'no end' : `${timeWords(until)}${ended ? ' (ended)' : ''}`;
  return [
    { text: printable(address) },
    { text: printable(scope) },
    { text: status, paint: colour },
    { text: printable(reason ?? '') },
    { text: since === undefined ? '' : timeWords(since) },
    { text: end, ...(ended && { paint: paint.faint }) },
  ];
};

/** The newest entries, so many at the most. */
async function* newest({ ledger }: OpenedList, most: number): AsyncGenerator<Listed> {
  let count = 0;
  try {
    for await (const entry of ledger.recent()) {
      yield entry;
      count += 1;
      if (count === most) return;
    }
  } catch (error) {
    throw awsFault(error);
  }
}

const printJson = async (opened: OpenedList, most: number, { now, stdout }: Dependencies): Promise<void> => {
  for await (const entry of newest(opened, most)) await stdout.write(json(entry, now()));
};

const printTable = async (opened: OpenedList, most: number, deps: Dependencies): Promise<void> => {
  const { now, paint, stdout } = deps;
  const found: Listed[] = [];
  for await (const entry of newest(opened, most + 1)) found.push(entry);
  if (found.length === 0)
    return stdout.write(`The list is empty: nothing in ${opened.table} is suppressed or allowed.\n`);
  const shown = found.slice(0, most);
  const head = HEAD.map((text) => ({ text, paint: paint.faint }));
  await stdout.write(columns([head, ...shown.map((entry) => row(entry, now(), paint))]));
  if (found.length > most) await stdout.write(paint.faint(`The newest ${most}; --limit shows more.\n`));
};

const list = (options: Options, deps: Dependencies): Promise<void> =>
  withList(deps, options, (opened) => (options.json ? printJson : printTable)(opened, options.limit, deps));

/** Adds `list`. */
export const addList = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('list')
      .summary('show the newest entries of the list')
      .description('Shows the suppression list, newest change first.')
      .option('--limit <number>', 'how many at the most', limit, DEFAULT_LIMIT)
      .option('--json', 'one JSON line per entry'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      await list(options, deps);
      done(Exit.DONE);
    });
};
