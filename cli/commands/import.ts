import { type Command, InvalidArgumentError, Option } from 'commander';
import { PROVIDERS } from '../../core/import/formats.ts';
import { readOnly, type Tally } from '../../core/import/import-batch.ts';
import { IMPORT_REASONS, type ImportReason, meaningOf } from '../../core/import/reason-words.ts';
import { rowTime } from '../../core/import/row-time.ts';
import type { Instant } from '../../core/instant.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withListToWrite } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { importFile } from '../import/import-file.ts';
import { mapOption } from '../import/map-option.ts';
import { columnsOf, type ImportOptions, type OpenedImport, openImport } from '../import/open-import.ts';
import { report, summaryJson } from '../import/report.ts';
import { jsonLine } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';
import { counted, timeWords } from '../output/words.ts';
import { scopesOption } from '../scope-options.ts';

interface Options extends Target, ImportOptions {
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor import suppression_bounces.csv --dry-run
  $ ses-suppressor import suppressions.csv --from postmark --scope newsletter --rejects rejects.csv
  $ ses-suppressor import old.csv --map address=Email,at="Created At",note=Comment --reason hard-bounce --resume old.position
  $ aws sesv2 list-suppressed-destinations | ses-suppressor import - --from ses

The columns of files of SES, SendGrid, Mailgun and Postmark, and of an export of this program, are known; others are
named with --map (address, reason, at, note, status, scope). Bounces and complaints hold everywhere; an unsubscribe is
from a kind of mail, which --scope names. Importing twice writes nothing the second time, and what a person decided
later than a row's time stays as it is.

Exit codes: 0 every row was taken, 2 some were rejected (the others were taken) or the file is not clear, 1 failed.`;

const reason = (given: string): ImportReason => {
  const meaning = meaningOf(given);
  if (meaning === undefined || meaning === 'no-suppression')
    throw new InvalidArgumentError(`Give one of ${IMPORT_REASONS.join(', ')}.`);
  return meaning;
};

const at = (given: string): Instant => {
  const time = rowTime(given);
  if (typeof time !== 'number') throw new InvalidArgumentError('Give a day or a time, such as 2026-11-20.');
  return time;
};

const scope = (given: string): string => scopesOption(given)[0] ?? given;

/** What is known of how the file will be read, for a person to object to. */
const announcement = (path: string, opened: OpenedImport): string => {
  const { rows, reading, settings, timeOfFile } = opened;
  const columns = Object.entries(columnsOf(opened)).map(
    ([field, name]) => `${field}=${JSON.stringify(printable(name))}`,
  );
  const which = columns.length === 0 ? '' : `: ${columns.join(', ')}`;
  const time = timeOfFile
    ? `Rows have no time and get that of the file, ${timeWords(settings.undatedAt)}; --at says another.\n`
    : '';
  return `${printable(path)}: ${rows.form}, read as ${reading.name}${which}\n${time}`;
};

/** Rows of the whole file, guessed by what was read of it so far. */
const totalOf = (rows: number, { info, bytesRead }: OpenedImport): number | undefined => {
  const read = bytesRead();
  if (info === undefined || read === 0) return undefined;
  return read >= info.bytes ? rows : Math.max(rows, Math.round((rows * info.bytes) / read));
};

const take = async (
  opened: OpenedImport,
  options: Options,
  { ledger, policy, table }: OpenedList,
  deps: Dependencies,
): Promise<Tally> => {
  const progress = deps.progress('rows');
  const { dryRun, region = '', endpoint = '' } = options;
  const place = JSON.stringify([table, region, endpoint]);
  const importDeps = { ledger: dryRun ? readOnly(ledger) : ledger, policy, sleep: deps.sleep, place };
  try {
    return await importFile(opened, options, importDeps, deps, {
      show: (rows) => progress.show(rows, totalOf(rows, opened)),
      reject: async (rejected) => {
        if (!options.json) return;
        const lines = rejected.map(({ item: { line }, problem: { code, message } }) =>
          jsonLine({ line, error: { code, message } }),
        );
        await deps.stdout.write(lines.join(''));
      },
    });
  } catch (fault) {
    throw stopped(fault, options);
  } finally {
    progress.end();
  }
};

const stopped = (fault: unknown, { resume }: Options): CliError => {
  const { code, message, remedy, exit } = awsFault(fault);
  const again =
    resume === undefined
      ? 'Run it again: what was taken already is not written twice.'
      : 'Run it again with the same options: it goes on where it stopped.';
  return new CliError(code, message, `${remedy} ${again}`, exit, { cause: fault });
};

const importRows = async (path: string, options: Options, deps: Dependencies): Promise<ExitCode> => {
  if (options.resume !== undefined && path === '-')
    throw new CliError(
      'ResumeNeedsFile',
      '--resume needs a file that stays',
      'Save the input to a file first.',
      Exit.USAGE,
    );
  const opened = await openImport(path, options, deps);
  if (!options.json) await deps.stdout.write(announcement(path, opened));
  const tally = await withListToWrite(deps, options, (list) => take(opened, options, list, deps));
  await deps.stdout.write(
    options.json
      ? summaryJson(tally, opened, options)
      : report(tally, { dryRun: options.dryRun === true, paint: deps.paint }),
  );
  if (!options.json && options.rejects !== undefined)
    await deps.stdout.write(`${counted(tally.rejected, 'rejected row')} in ${printable(options.rejects)}\n`);
  return tally.rejected > 0 ? Exit.USAGE : Exit.DONE;
};

/** Adds `import`. */
export const addImport = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('import')
      .summary('take over a list from SES, another provider or a table of your own')
      .description('Takes over suppressed addresses from a file: CSV, JSON or NDJSON.')
      .argument('<file>', 'the file, or - for standard input')
      .addOption(new Option('--from <provider>', 'whose file it is').choices(PROVIDERS))
      .option('--map <field=column,…>', 'which column says what', mapOption)
      .option('--reason <reason>', `why every row is there: ${IMPORT_REASONS.join(', ')}`, reason)
      .option('--scope <scope>', 'where unsubscribes and manual entries hold', scope)
      .option('--at <time>', 'the time of rows that have none (default: that of the file)', at)
      .option('--dry-run', 'say what would be written, and write nothing')
      .option('--rejects <file>', 'write the rows that were not taken there, each with its reason')
      .option('--resume <file>', 'keep the position there, and go on from it')
      .option('--json', 'one JSON line per rejected row, then one with the counts'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: Options) => done(await importRows(path, options, deps)));
};
