import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { MemoryMessageIds } from '../../adapters/memory-message-ids.ts';
import { MemorySends } from '../../adapters/memory-sends.ts';
import type { Dependencies, OpenedMessages } from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import { PLAIN } from '../../cli/output/paint.ts';
import { run } from '../../cli/run.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { classify, isVerdict } from '../../core/decisions/classify.ts';
import { factsOf } from '../../core/decisions/facts.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { learn } from '../../core/ledger/learn.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';

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
  readonly messages?: Partial<OpenedMessages>;
  readonly overrides?: Partial<Dependencies>;
}

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** Which deployment was asked for, if any. */
  readonly target: Target | undefined;
}

const fault = (code: string): Error => Object.assign(new Error(code), { code });

/** Runs one command in this process, on a list in memory. */
export const cli = async (args: readonly string[], given: Given = {}): Promise<Ran> => {
  const text = { out: '', err: '' };
  let target: Target | undefined;
  const into = (name: 'out' | 'err') => ({
    write: async (more: string) => {
      text[name] += more;
    },
  });
  const deps: Dependencies = {
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
      target = asked;
      return { table: 'Suppressions', ledger: given.ledger ?? new MemoryLedger(), close: () => undefined };
    },
    openMessages: async (asked) => {
      target = asked;
      const empty = { table: 'Messages', sends: new MemorySends(), messageIds: new MemoryMessageIds() };
      return { ...empty, close: () => undefined, ...given.messages };
    },
    ...given.overrides,
  };
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
