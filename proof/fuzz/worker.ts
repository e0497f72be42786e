// A thread that gives inputs to targets, one after the other, until its time is over. It is killed if one does not come back.
import { parentPort, workerData } from 'node:worker_threads';
import { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import type { Json } from './json.ts';
import { Course, type Listener, type Tally } from './loop.ts';
import { SharedInput } from './shared-input.ts';
import type { Target } from './target.ts';

/** What a worker is to do. */
export interface Order {
  /** Module whose `makeTargets` makes them. */
  readonly targets: string;
  /** Names of those to run. */
  readonly only: readonly string[] | undefined;
  readonly seed: number;
  readonly millis: number;
  readonly buffers: SharedInput['buffers'];
}

/** What a worker says. */
export type Message =
  | { readonly kind: 'began'; readonly answers: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'tally'; readonly tallies: readonly Tally[] }
  | { readonly kind: 'ended' };

/** What a module of targets has. */
export interface TargetModule {
  /** @param only - names of those that are wanted; undefined: all */
  makeTargets(only: readonly string[] | undefined): Promise<readonly Target[]>;
}

const SLICE_MS = 250;
/** What a killed worker did not tell is lost. */
const TELL_MS = 100;

const order: Order = workerData;
const say = (message: Message): void => parentPort?.postMessage(message);
const shared = new SharedInput(order.buffers);
const tell = (): void => say({ kind: 'tally', tallies: [...courses.values()].map(({ tally }) => tally) });
let toldAt = 0;
let last: { readonly target: string; readonly input: Json } | undefined;
const listener: Listener = {
  busy: (target, input) => {
    if (input !== undefined) last = { target, input };
    shared.put(target, input);
    if (performance.now() < toldAt + TELL_MS) return;
    toldAt = performance.now();
    tell();
  },
  found: (finding) => say({ kind: 'found', finding }),
};

const { makeTargets }: TargetModule = await import(order.targets);
const targets = await makeTargets(order.only);
const coverage = new Coverage();
const courses = new Map(targets.map((target) => [target.name, new Course(target, order.seed, listener, coverage)]));
const blame = (fault: unknown): void => {
  if (last !== undefined) void courses.get(last.target)?.blame(fault, last.input);
};
process.on('uncaughtException', blame);
process.on('unhandledRejection', blame);

say({ kind: 'began', answers: Object.fromEntries(targets.map(({ name, answers }) => [name, answers])) });
const endsAt = performance.now() + order.millis;
while (performance.now() < endsAt)
  for (const course of courses.values()) {
    await course.run(Math.min(SLICE_MS, Math.max(endsAt - performance.now(), 1)));
    tell();
  }
for (const target of targets) await target.stop?.();
coverage.stop();
say({ kind: 'ended' });
process.exit(0);
