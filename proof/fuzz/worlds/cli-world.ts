import { MemoryAccountList } from '../../../adapters/memory-account-list.ts';
import { MemoryBreaker } from '../../../adapters/memory-breaker.ts';
import { MemoryImportJobs } from '../../../adapters/memory-import-jobs.ts';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemoryLetters, MemoryOutbox } from '../../../adapters/memory-letters.ts';
import { MemoryMessageIds } from '../../../adapters/memory-message-ids.ts';
import { MemoryMetrics } from '../../../adapters/memory-metrics.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { CliError } from '../../../cli/cli-error.ts';
import type { Bytes, Dependencies } from '../../../cli/dependencies.ts';
import { Exit } from '../../../cli/exit.ts';
import type { Files } from '../../../cli/files.ts';
import { PLAIN } from '../../../cli/output/paint.ts';
import { run } from '../../../cli/run.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { checkCsv, checkForPeople, checkLines, checkSize } from '../oracles.ts';
import { bytesOf } from '../recipe.ts';
import { promise, Violation } from '../target.ts';

/** The moment at which every command runs. */
export const NOW = Date.UTC(2026, 10, 20, 12);
const PIECE = 1000;
/** A line about each line of the input, however short it is. */
const LINE_TIMES = 200;
/** How an export begins that is no NDJSON. */
const CSV_HEAD = 'address,scope,status,';

async function* pieces(bytes: Uint8Array): Bytes {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}

/** Files in memory, by path; text whose characters are bytes. */
const filesIn = (contents: Map<string, string>): Files => ({
  info: async (path) => {
    const text = contents.get(path);
    return text === undefined ? undefined : { bytes: bytesOf(text).length, modifiedAt: NOW - 86_400_000 };
  },
  read: async (path) => contents.get(path),
  replace: async (path, text) => void contents.set(path, text),
  remove: async (path) => void contents.delete(path),
  grow: async (path, keep) => {
    contents.set(path, (contents.get(path) ?? '').slice(0, keep));
    return {
      get bytes() {
        return Buffer.byteLength(contents.get(path) ?? '');
      },
      write: async (text) => void contents.set(path, `${contents.get(path) ?? ''}${text}`),
      sync: async () => undefined,
      close: async () => undefined,
    };
  },
  whole: async (path) => {
    let draft = '';
    return {
      write: async (text) => {
        draft += text;
      },
      finish: async () => void contents.set(path, draft),
      discard: async () => undefined,
    };
  },
});

/** What a command finds and leaves behind. */
export interface CliWorld {
  readonly ledger: MemoryLedger;
  readonly letters: MemoryLetters;
  readonly outbox: MemoryOutbox;
  /** SES's own list. */
  readonly account: MemoryAccountList;
  /** By path; text whose characters are bytes. */
  readonly files: Map<string, string>;
  readonly stdin: string;
}

/** What a command said. */
export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** The code of its error, if it ended with one. */
  readonly code: string | undefined;
}

export const cliWorld = (stdin = '', files: Readonly<Record<string, string>> = {}): CliWorld => ({
  ledger: new MemoryLedger({ now: () => NOW }),
  letters: new MemoryLetters(),
  outbox: new MemoryOutbox(),
  account: new MemoryAccountList({ now: () => NOW }),
  files: new Map(Object.entries(files)),
  stdin,
});

const nowhere = async (): Promise<never> => {
  throw new CliError('StackNotFound', 'there is no deployment in this trial', 'Deploy one.', Exit.FAILED);
};

/** What commands work with in such a world, and where what they say goes. */
export const dependenciesIn = (
  { ledger, letters, outbox, account, files, stdin }: CliWorld,
  said: { out: string; err: string },
): Dependencies => {
  const into = (name: 'out' | 'err') => ({
    write: async (text: string) => {
      said[name] += text;
    },
  });
  const sending = { isEnabled: async () => true, set: async () => undefined };
  const close = (): void => undefined;
  return {
    stdout: into('out'),
    stderr: into('err'),
    stdin: () => pieces(bytesOf(stdin)),
    stdinIsTerminal: false,
    now: () => NOW,
    paint: PLAIN,
    progress: () => ({ show: () => undefined, end: () => undefined }),
    operator: 'pat',
    openFile: async function* (path) {
      const text = files.get(path);
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      yield* pieces(bytesOf(text));
    },
    files: filesIn(files),
    sleep: async () => undefined,
    openList: async () => ({ table: 'Suppressions', policy: DEFAULT_POLICY, ledger, close }),
    openMessages: async () => ({
      table: 'Messages',
      sends: new MemorySends(),
      messageIds: new MemoryMessageIds(),
      close,
    }),
    openLetters: async () => ({ letters, outbox, mover: undefined, close }),
    openMetrics: async () => ({
      reader: new MemoryMetrics(),
      configurationSet: 'Set',
      identities: true,
      streams: ['receipts'],
      close,
    }),
    openSwitches: async () => ({
      configurationSet: 'Set',
      sending: () => sending,
      standing: async () => ({ sendingEnabled: true, isShutDown: false }),
      store: new MemoryBreaker(),
      close,
    }),
    openAccountList: async () => ({ list: account, close }),
    openImportJobs: async () => ({ jobs: new MemoryImportJobs(account), close }),
    openDoctor: nowhere,
    openSender: nowhere,
    serveConsole: nowhere,
    interrupted: async () => undefined,
  };
};

const isLine = (text: string): boolean => {
  try {
    return text.startsWith('{') && typeof JSON.parse(text.slice(0, text.indexOf('\n'))) === 'object';
  } catch {
    return false;
  }
};

/**
 * Runs one command and looks at what it says: an exit code that means something, an error with a code and a remedy,
 * lines that programs can read, and text that people can.
 *
 * @param format - of standard output; either: lines if it begins like one
 * @throws Violation
 */
export const runCli = async (
  args: readonly string[],
  world: CliWorld,
  format: 'lines' | 'people' | 'csv' | 'either' = 'either',
): Promise<Said> => {
  const said = { out: '', err: '' };
  const given = JSON.stringify([args, world.stdin, [...world.files]]);
  // what the commands find counts as given: it may go back to its queue, or be written anew, meanwhile
  const known = `${given}${JSON.stringify([world.letters.visible, world.ledger.items])}`;
  const exit = await run(args, dependenciesIn(world, said));
  const { out, err } = said;
  promise([0, 1, 2, 3].includes(exit), () => `the exit code ${exit}`);
  checkForPeople(err, known);
  const isHelp = args.includes('--help') || args.includes('-h') || args[0] === 'help';
  if (!isHelp && (format === 'csv' || out.startsWith(CSV_HEAD))) checkCsv(out);
  else if (!isHelp && (format === 'lines' || (format === 'either' && isLine(out)))) checkLines(out);
  else checkForPeople(out, known);
  const held = out.length > 10_000 ? JSON.stringify([world.ledger.items, world.letters.visible]).length : 0;
  checkSize('what is printed', out.length + err.length, known.length + held, LINE_TIMES);
  const code = /^(\w+): .+\n.+\n$/m.exec(err)?.[1];
  if (code === 'Unexpected') throw new Violation('crash', err.trim());
  promise(exit !== 2 || code !== undefined || out !== '', () => `exit 2 without a word: ${JSON.stringify(err)}`);
  return { exit, out, err, code };
};
