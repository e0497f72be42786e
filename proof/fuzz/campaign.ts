import { Worker } from 'node:worker_threads';
import { encodeInput, type Finding, signatureOf } from './finding.ts';
import type { Tally } from './loop.ts';
import { SharedInput } from './shared-input.ts';
import type { Message, Order } from './worker.ts';

/** What is to be fuzzed, and for how long. */
export interface CampaignOptions {
  /** Module whose `makeTargets` makes the targets. */
  readonly targets: URL;
  /** @default - all of them */
  readonly only?: readonly string[];
  readonly seed: number;
  readonly millis: number;
  /** Milliseconds that one input may take. @default 20000 */
  readonly patienceMs?: number;
  /** Megabytes that the targets together may hold. @default 768 */
  readonly heapMb?: number;
}

/** What became of one target. */
export interface TargetReport {
  readonly target: string;
  readonly inputs: number;
  readonly inputsPerSecond: number;
  readonly kept: number;
  readonly blocks: number;
  /** Answers seen, and those that it can give and never gave. */
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
  readonly unforeseen: readonly string[];
}

/** What came of all. */
export interface CampaignReport {
  readonly seed: number;
  readonly targets: readonly TargetReport[];
  readonly findings: readonly Finding[];
}

const LOOK_MS = 200;
const WORKER = new URL('./worker.ts', import.meta.url);
/** Loads TypeScript in a thread of its own. */
const START = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(WORKER.href)}); });`;

type Sums = Record<string, Tally>;

const add = (sums: Sums, tallies: readonly Tally[]): Sums => {
  const all = { ...sums };
  for (const tally of tallies) {
    const before = all[tally.target];
    all[tally.target] =
      before === undefined
        ? tally
        : {
            target: tally.target,
            inputs: before.inputs + tally.inputs,
            millis: before.millis + tally.millis,
            kept: before.kept + tally.kept,
            blocks: Math.max(before.blocks, tally.blocks),
            seen: new Set([...before.seen, ...tally.seen]),
            unforeseen: new Set([...before.unforeseen, ...tally.unforeseen]),
          };
  }
  return all;
};

/** One worker from its beginning to its end, or until it is killed. */
interface Shift {
  readonly tallies: readonly Tally[];
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly isOver: boolean;
  /** The target at which it was killed. */
  readonly killedAt: string | undefined;
}

const shift = (
  order: Omit<Order, 'buffers'>,
  { patienceMs = 20_000, heapMb = 768 }: CampaignOptions,
  found: (finding: Finding) => void,
): Promise<Shift> =>
  new Promise((resolve, reject) => {
    const shared = new SharedInput();
    const worker = new Worker(START, {
      eval: true,
      execArgv: [],
      workerData: { ...order, buffers: shared.buffers } satisfies Order,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    let tallies: readonly Tally[] = [];
    let answers: Shift['answers'] = {};
    let [turn, since, isOver] = [-1, performance.now(), false];
    let killedAt: string | undefined;
    const kill = (kind: Finding['kind'], message: string): void => {
      const at = shared.get();
      if (at !== undefined) {
        const { target, input } = at;
        killedAt = target;
        found({ target, kind, message, stack: '', seed: order.seed, input: encodeInput(input) });
      }
      worker.terminate();
    };
    const watch = setInterval(() => {
      if (shared.turn !== turn || !shared.isBusy) [turn, since] = [shared.turn, performance.now()];
      else if (performance.now() - since > patienceMs) {
        since = Number.POSITIVE_INFINITY;
        kill('hang', `an input takes more than ${patienceMs / 1000} seconds`);
      }
    }, LOOK_MS);
    worker.on('message', (message: Message) => {
      if (message.kind === 'began') answers = message.answers;
      else if (message.kind === 'found') found(message.finding);
      else if (message.kind === 'tally') tallies = message.tallies;
      else isOver = true;
    });
    worker.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ERR_WORKER_OUT_OF_MEMORY') kill('memory', `an input takes more than ${heapMb} MB`);
      else reject(fault);
    });
    worker.on('exit', () => {
      clearInterval(watch);
      resolve({ tallies, answers, isOver, killedAt });
    });
  });

/**
 * Fuzzes targets in a thread that is watched: one that hangs or takes all memory is killed, and the next one goes on with
 * another seed, and without the target that was to blame, until the time is over.
 *
 * @throws if the targets cannot be made
 */
export const campaign = async (options: CampaignOptions): Promise<CampaignReport> => {
  const { seed, millis, only, targets } = options;
  const findings = new Map<string, Finding>();
  const endsAt = performance.now() + millis;
  /** Targets whose worker had to be killed: they would have it killed again and again. */
  const stopped = new Set<string>();
  let sums: Sums = {};
  let answers: Shift['answers'] = {};
  for (let turn = 0; performance.now() < endsAt; turn += 1) {
    const left = stopped.size === 0 ? only : Object.keys(answers).filter((name) => !stopped.has(name));
    if (left?.length === 0) break;
    const turnSeed = seed + turn * 1_000_003;
    const order = { targets: targets.href, only: left, seed: turnSeed, millis: endsAt - performance.now() };
    const done = await shift(order, options, (finding) => {
      const signature = signatureOf(finding);
      if (!findings.has(signature)) findings.set(signature, finding);
    });
    sums = add(sums, done.tallies);
    answers = { ...answers, ...done.answers };
    if (done.isOver) break;
    if (done.killedAt === undefined) throw new Error('a worker ended before its time, and nobody knows why');
    stopped.add(done.killedAt);
  }
  return {
    seed,
    findings: [...findings.values()],
    targets: Object.values(sums).map(({ target, inputs, millis: spent, kept, blocks, seen, unforeseen }) => ({
      target,
      inputs,
      inputsPerSecond: spent === 0 ? 0 : Math.round((inputs / spent) * 1000),
      kept,
      blocks,
      seen: [...seen].sort(),
      unseen: (answers[target] ?? []).filter((answer) => !seen.has(answer)),
      unforeseen: [...unforeseen].sort(),
    })),
  };
};
