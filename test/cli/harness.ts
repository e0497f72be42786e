import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { MemoryImportJobs } from '../../adapters/memory-import-jobs.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { MemoryLetters } from '../../adapters/memory-letters.ts';
import { MemoryMessageIds } from '../../adapters/memory-message-ids.ts';
import { MemoryMetrics } from '../../adapters/memory-metrics.ts';
import { MemorySends } from '../../adapters/memory-sends.ts';
import type {
  Dependencies,
  OpenedLetters,
  OpenedMessages,
  OpenedMetrics,
  OpenedSender,
  OpenedSwitches,
} from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import { PLAIN } from '../../cli/output/paint.ts';
import { run } from '../../cli/run.ts';
import type { ImportJobs } from '../../core/account-list/import-jobs.ts';
import { DEFAULT_POLICY, type Policy } from '../../core/contract/index.ts';
import { classify, isVerdict } from '../../core/decisions/classify.ts';
import { factsOf } from '../../core/decisions/facts.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { learn } from '../../core/ledger/learn.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import { World } from './doctor/healthy.ts';
import { MemoryFiles } from './memory-files.ts';
import { memorySwitches } from './memory-switches.ts';

/** The moment at which every in-process command runs. */
export const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);

/** Bytes in pieces of at most `size`, so that tests can cut anywhere. */
export async function* pieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface Given {
  readonly stdin?: string | Uint8Array;
  readonly pieceSize?: number;
  readonly files?: Readonly<Record<string, string>>;
  readonly ledger?: MemoryLedger;
  /** Of the deployment. @default - the default policy */
  readonly policy?: Policy;
  readonly messages?: Partial<OpenedMessages>;
  /** The first is the deployment's own. */
  readonly accountLists?: readonly MemoryAccountList[];
  readonly importJobs?: ImportJobs;
  /** Files that are written, beside those given. */
  readonly disk?: MemoryFiles;
  /** Of whatever queue is asked for. @default - an empty one */
  readonly letters?: Partial<OpenedLetters>;
  /** @default - nothing was counted */
  readonly metrics?: Partial<OpenedMetrics>;
  /** @default - everything sends, and nothing is remembered */
  readonly switches?: Partial<OpenedSwitches>;
  /** What `doctor` looks at. @default - all is well */
  readonly world?: World;
  /** @default - a send function that fails */
  readonly sender?: OpenedSender;
  readonly overrides?: Partial<Dependencies>;
}

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** Which deployment was asked for, if any. */
  readonly target: Target | undefined;
}

const NO_SENDER = { ok: false, code: 'FunctionFailed', message: 'nothing was planted', remedy: 'Plant it.' } as const;

const fault = (code: string): Error => Object.assign(new Error(code), { code });

/** What was told and asked while something worked with {@link memoryDependencies}. */
export interface Said {
  readonly out?: (text: string) => void;
  readonly err?: (text: string) => void;
  /** Which deployment is asked for. */
  readonly target?: (target: Target) => void;
}

/** All that a command touches, in memory. */
export const memoryDependencies = (given: Given = {}, said: Said = {}): Dependencies => {
  const into = (name: 'out' | 'err') => ({ write: async (more: string) => said[name]?.(more) });
  const asks = (asked: Target) => said.target?.(asked);
  return {
    stdout: into('out'),
    stderr: into('err'),
    stdin: () => pieces(Buffer.from(given.stdin ?? ''), given.pieceSize),
    stdinIsTerminal: false,
    now: () => NOW,
    paint: PLAIN,
    progress: () => ({ show: () => undefined, end: () => undefined }),
    operator: 'pat',
    openFile: async function* (path) {
      const file = given.files?.[path];
      if (file === undefined) throw fault('ENOENT');
      yield* pieces(Buffer.from(file));
    },
    openList: async (asked) => {
      asks(asked);
      const policy = given.policy ?? DEFAULT_POLICY;
      return { table: 'Suppressions', policy, ledger: given.ledger ?? new MemoryLedger(), close: () => undefined };
    },
    openMessages: async (asked) => {
      asks(asked);
      const empty = { table: 'Messages', sends: new MemorySends(), messageIds: new MemoryMessageIds() };
      return { ...empty, close: () => undefined, ...given.messages };
    },
    openLetters: async (asked) => {
      asks(asked);
      const empty = { letters: new MemoryLetters(), outbox: undefined, mover: undefined };
      return { ...empty, close: () => undefined, ...given.letters };
    },
    openMetrics: async (asked) => {
      asks(asked);
      const nothing = {
        reader: new MemoryMetrics(),
        configurationSet: 'Suppressor-Set',
        identities: false,
        streams: [],
      };
      return { ...nothing, close: () => undefined, ...given.metrics };
    },
    openSwitches: async (asked) => {
      asks(asked);
      return { ...memorySwitches(), ...given.switches };
    },
    files: given.disk ?? new MemoryFiles(given.files),
    sleep: async () => undefined,
    openAccountList: async (asked, region) => {
      asks(asked);
      const list = given.accountLists?.find((each) => region === undefined || each.region === region);
      return { list: list ?? new MemoryAccountList(), close: () => undefined };
    },
    openImportJobs: async (_asked, region = 'us-east-1') => ({
      jobs: given.importJobs ?? new MemoryImportJobs(new MemoryAccountList({ region })),
      close: () => undefined,
    }),
    openDoctor: async (asked) => {
      asks(asked);
      return (given.world ?? new World()).opened();
    },
    openSender: async (asked) => {
      asks(asked);
      return given.sender ?? { senders: undefined, send: async () => NO_SENDER, close: () => undefined };
    },
    serveConsole: async (asked) => {
      asks(asked);
      return { address: 'http://127.0.0.1:4581/?token=secret', stop: async () => undefined };
    },
    interrupted: async () => undefined,
    ...given.overrides,
  };
};

/** Runs one command in this process, on a list in memory. */
export const cli = async (args: readonly string[], given: Given = {}): Promise<Ran> => {
  // A template that failed its validation in an earlier test leaves one behind, and commander ends its help with it.
  process.exitCode = undefined;
  const text = { out: '', err: '' };
  let target: Target | undefined;
  const deps = memoryDependencies(given, {
    out: (more) => {
      text.out += more;
    },
    err: (more) => {
      text.err += more;
    },
    target: (asked) => {
      target = asked;
    },
  });
  const exit = await run(args, deps);
  return { exit, ...text, target };
};

/** The lines of NDJSON. */
export const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Teaches a list these SES messages, as the feedback function would. */
export const teach = async (ledger: Ledger, messages: readonly object[]): Promise<void> => {
  for (const message of messages) {
    const facts = openEnvelope(message)
      .map((opened) => classify(opened, DEFAULT_POLICY))
      .flatMap((read) => (read.kind === 'decided' ? read.lines : []))
      .flatMap((line) => (isVerdict(line) && line.event !== undefined ? [factsOf(line.event, line.decision)] : []))
      .filter((entry) => entry !== undefined);
    await learn(ledger, facts, DEFAULT_POLICY);
  }
};

/** A list in memory that has learnt these SES messages. */
export const ledgerThatLearnt = async (messages: readonly object[], at = NOW): Promise<MemoryLedger> => {
  const ledger = new MemoryLedger({ now: () => at });
  await teach(ledger, messages);
  return ledger;
};
