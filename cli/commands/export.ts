import { type Command, Option } from 'commander';
import type { Scanned } from '../../core/ledger/ledger.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { EXPORT_FORMATS, type ExportFormat, exportHead, exportLines, type WholeEntry } from '../export/entry-lines.ts';
import { jsonLine } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';

interface Options extends Target {
  readonly format?: ExportFormat;
  readonly output?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor export --output list.csv
  $ ses-suppressor export --format ndjson | gzip > list.ndjson.gz

Reads the whole table. CSV has address, scope, status, reason, since, until and updatedAt; a cell that a spreadsheet would
run as a formula gets a ' before it. NDJSON has whole entries: importing it into an empty table gives the same list.
A file is readable by its owner only, and appears once it is whole.`;

/** Entries written at once. */
const CHUNK = 500;
const WRITTEN_TO = '-';

/** Where the entries go. */
interface Sink {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

const openSink = async ({ output = WRITTEN_TO }: Options, { files, stdout }: Dependencies): Promise<Sink> => {
  if (output !== WRITTEN_TO) return files.whole(output);
  const nothing = async (): Promise<void> => undefined;
  return { write: (text) => stdout.write(text), finish: nothing, discard: nothing };
};

interface Counts {
  entries: number;
  unreadable: number;
}

const tellUnreadable = async (
  found: Extract<Scanned, { readonly kind: 'unreadable' }>,
  { stderr }: Dependencies,
): Promise<void> =>
  stderr.write(`EntryUnreadable: ${printable(`${found.address} (${found.scope}): ${found.error.message}`)}\n`);

async function* chunks(
  { ledger }: OpenedList,
  deps: Dependencies,
  counts: Counts,
): AsyncGenerator<readonly WholeEntry[]> {
  let chunk: WholeEntry[] = [];
  try {
    for await (const found of ledger.scan()) {
      if (found.kind === 'unreadable') {
        counts.unreadable += 1;
        await tellUnreadable(found, deps);
        continue;
      }
      chunk.push(found);
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = [];
    }
  } catch (fault) {
    throw awsFault(fault);
  }
  yield chunk;
}

const write = async (opened: OpenedList, format: ExportFormat, sink: Sink, deps: Dependencies): Promise<Counts> => {
  const progress = deps.progress('entries');
  const counts = { entries: 0, unreadable: 0 };
  try {
    await sink.write(exportHead(format));
    for await (const chunk of chunks(opened, deps, counts)) {
      await sink.write(exportLines(format, chunk));
      counts.entries += chunk.length;
      progress.show(counts.entries);
    }
    return counts;
  } finally {
    progress.end();
  }
};

const exportList = (options: Options, deps: Dependencies): Promise<ExitCode> =>
  withList(deps, options, async (opened) => {
    const { format = options.json ? 'ndjson' : 'csv', output } = options;
    const sink = await openSink(options, deps);
    try {
      const { entries, unreadable } = await write(opened, format, sink, deps);
      await sink.finish();
      if (output !== undefined && output !== WRITTEN_TO)
        await deps.stdout.write(
          options.json
            ? jsonLine({ output, format, entries, unreadable })
            : `${entries} ${entries === 1 ? 'entry' : 'entries'} in ${printable(output)}\n`,
        );
      if (unreadable === 0) return Exit.DONE;
      throw new CliError(
        'EntriesUnreadable',
        `${unreadable} of ${entries + unreadable} entries could not be read and are missing`,
        'Use the command of the version that wrote them, or mend the items named above.',
      );
    } finally {
      await sink.discard();
    }
  });

/** Adds `export`. */
export const addExport = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('export')
      .summary('write the whole list as CSV or NDJSON')
      .description('Writes the whole list, in no order, while it is read.')
      .addOption(new Option('--format <format>', 'what to write (default: csv)').choices(EXPORT_FORMATS))
      .option('--output <file>', 'where to (default: standard output)')
      .option('--json', 'NDJSON; with --output one JSON line about the file'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => done(await exportList(options, deps)));
};
