import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Instant } from '../../core/instant.ts';
import type { Listed, RecentPlace, RecentRange } from '../../core/ledger/ledger.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { cursorOf, placeOf } from '../list/cursor.ts';
import { headRow, listedJson, listedRow } from '../list/entry-lines.ts';
import { limitOption, reasonsOption } from '../list/list-options.ts';
import { pick, type Wanted } from '../list/pick.ts';
import { columns } from '../output/columns.ts';
import { jsonLine } from '../output/json-line.ts';
import { scopesOption } from '../scope-options.ts';
import { checkRange, timeOption } from '../time-options.ts';

interface Options extends Target, Wanted {
  readonly since?: Instant;
  readonly until?: Instant;
  readonly limit: number;
  readonly after?: RecentPlace;
  readonly all?: true;
  readonly json?: true;
}

const DEFAULT_LIMIT = 50;
/** Entries written at once. */
const PIECE = 500;

const EXAMPLES = `
Examples:
  $ ses-suppressor list --limit 20
  $ ses-suppressor list --reason hard-bounce --since 2026-11-24
  $ ses-suppressor list --all --json | jq -r 'select(.reason == "complaint").address'

Lists what is suppressed or allowed, the last change first; addresses with a history only are not in it. --since (belongs
to it) and --until (does not) are about that change, not about when SES said it; days are UTC. What is outside is not
read. A hold that has ended is marked "ended" (in JSON "ended":true) and no longer blocks.

Where there is more, the last line says how to go on; in JSON it is {"next":"…"}, the cursor for --after.`;

const cursorOption = (given: string): RecentPlace => {
  const place = placeOf(given);
  if (place === undefined) throw new InvalidArgumentError('Give the cursor that an earlier list ended with, as it is.');
  return place;
};

const rangeOf = ({ since, until, after }: Options): RecentRange => ({
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
  ...(after !== undefined && { after }),
});

/** The entries asked for; a fault in what is done with them is none of AWS. */
async function* wanted({ ledger }: OpenedList, options: Options, most: number): AsyncGenerator<Listed> {
  try {
    yield* pick(ledger.recent(rangeOf(options)), options, most);
  } catch (error) {
    throw awsFault(error);
  }
}

/** Writes one piece of the list; the first may be empty. */
type Write = (entries: readonly Listed[]) => Promise<void>;

/**
 * The entries asked for in pieces, so that a list of any length takes no memory.
 *
 * @returns the last entry, if more follow
 */
const inPieces = async (opened: OpenedList, options: Options, write: Write): Promise<Listed | undefined> => {
  const most = options.all ? Number.POSITIVE_INFINITY : options.limit;
  let piece: Listed[] = [];
  let last: Listed | undefined;
  let count = 0;
  let more = false;
  for await (const entry of wanted(opened, options, most + 1)) {
    if (count === most) {
      more = true;
      break;
    }
    if (piece.length === PIECE) {
      await write(piece);
      piece = [];
    }
    piece.push(entry);
    last = entry;
    count += 1;
  }
  await write(piece);
  return more ? last : undefined;
};

const printJson = async (opened: OpenedList, options: Options, { now, stdout }: Dependencies): Promise<void> => {
  const last = await inPieces(opened, options, async (entries) => {
    if (entries.length > 0) await stdout.write(entries.map((entry) => listedJson(entry, now())).join(''));
  });
  if (last !== undefined) await stdout.write(jsonLine({ next: cursorOf(last) }));
};

/** That nothing was found: in a whole list, in a part of it, or after its end. */
const nothing = ({ reason, scope, status, since, until, after }: Options, table: string): string => {
  if (after !== undefined) return 'Nothing follows.\n';
  return [reason, scope, status, since, until].every((given) => given === undefined)
    ? `The list is empty: nothing in ${table} is suppressed or allowed.\n`
    : `Nothing in ${table} is like that.\n`;
};

const printTable = async (opened: OpenedList, options: Options, deps: Dependencies): Promise<void> => {
  const { now, paint, stdout } = deps;
  const widths: number[] = [];
  let first = true;
  const last = await inPieces(opened, options, async (entries) => {
    if (entries.length === 0) return first ? stdout.write(nothing(options, opened.table)) : undefined;
    const rows = entries.map((entry) => listedRow(entry, now(), paint));
    await stdout.write(columns(first ? [headRow(paint), ...rows] : rows, widths));
    first = false;
  });
  if (last !== undefined) await stdout.write(paint.faint(`More: the same with --after ${cursorOf(last)}\n`));
};

const list = (options: Options, deps: Dependencies): Promise<void> => {
  checkRange(options);
  return withList(deps, options, (opened) => (options.json ? printJson : printTable)(opened, options, deps));
};

/** Adds `list`. */
export const addList = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('list')
      .summary('show the list, newest change first')
      .description('Shows the suppression list, newest change first.')
      .option('--reason <reason>', 'only what is reported as blocked for this; may be repeated', reasonsOption)
      .option('--scope <name>', 'only this scope: *, a stream or tenant:NAME; may be repeated', scopesOption)
      .addOption(new Option('--status <status>', 'only these').choices(['suppressed', 'allowed']))
      .option('--since <time>', 'only what changed then or later', timeOption)
      .option('--until <time>', 'only what changed before', timeOption)
      .option('--limit <number>', 'how many at the most', limitOption, DEFAULT_LIMIT)
      .option('--after <cursor>', 'go on where an earlier list ended', cursorOption)
      .addOption(new Option('--all', 'everything, however long').conflicts('limit'))
      .option('--json', 'one JSON line per entry'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      await list(options, deps);
      done(Exit.DONE);
    });
};
