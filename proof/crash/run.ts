import type { Disturbance } from './disturbance.ts';
import { type Crash, type Outcome, Process } from './process.ts';
import type { Program } from './program.ts';
import { type Flight, World } from './world.ts';

/** A crash, and what becomes of the requests that are in flight by then. */
export interface Plan extends Crash {
  /** Which of them arrive although nobody hears the answer, by their number, from 0; the others are lost. */
  readonly arrive: readonly number[];
  /** They arrive only after so many more requests, of whoever takes over. @default - at once */
  readonly late?: number;
}

/** A process that died as it was planned. */
export interface Death {
  /** Requests that were in flight. */
  readonly flying: number;
  /** What had arrived by then, and the time: stands for all that the process left behind. */
  readonly left: string;
}

/** Thrown when a process left a world behind that is known: what follows from there on was seen. */
export class KnownWorld extends Error {
  override readonly name = 'KnownWorld';
}

/** How a run is set up. */
export interface Setting {
  readonly program: Program;
  readonly disturbances?: readonly Disturbance[];
  readonly order?: 'fifo' | 'lifo';
  /** One after another: the first holds for the first process, the second for the one that takes over after it. */
  readonly plans?: readonly Plan[];
  /** Whether it is known what follows from what the last one left behind. @default - it never is */
  readonly isKnown?: (left: string) => boolean;
}

/** One run of a scenario, in a world of its own: whoever dies is replaced by a process that knows nothing of it. */
export class Run {
  readonly world: World;
  readonly deaths: Death[] = [];
  /** The processes that may die, in turn. */
  readonly processes: Process[] = [];
  readonly #program: Program;
  readonly #plans: readonly Plan[];
  readonly #isKnown: (left: string) => boolean;
  #process: Process | undefined;
  #isCalm = false;

  constructor({ program, disturbances, order, plans = [], isKnown = () => false }: Setting) {
    this.world = new World(disturbances, order);
    this.#program = program;
    this.#plans = plans;
    this.#isKnown = isKnown;
  }

  /** @throws KnownWorld if nothing new can follow */
  async invoke(event: unknown): Promise<Outcome> {
    const plan = this.#isCalm ? undefined : this.#plans[this.deaths.length];
    const process = this.#process ?? this.#start(plan);
    const outcome = await process.invoke(event);
    if (outcome.kind !== 'died') return outcome;
    this.#process = undefined;
    const orphans = this.world.orphan(process);
    await this.#fate(orphans, plan);
    const left = this.#left(orphans, plan);
    this.deaths.push({ flying: orphans.length, left });
    if (this.deaths.length === this.#plans.length && this.#isKnown(left)) throw new KnownWorld(left);
    return outcome;
  }

  /** From now on nobody dies and nothing goes wrong, and a new process is at work. */
  calm(): void {
    this.#isCalm = true;
    this.world.calm();
    this.#process = undefined;
  }

  /** Requests that a process made after it had answered. */
  async strays(): Promise<number> {
    for (let ticks = 0; ticks < 4; ticks += 1) await new Promise((resolve) => setImmediate(resolve));
    return this.processes.reduce((sum, { strays }) => sum + strays, 0);
  }

  #start(plan: Plan | undefined): Process {
    const process = new Process(this.#program, this.world, this.#isCalm ? 'later' : `${this.processes.length}`, plan);
    this.#process = process;
    if (!this.#isCalm) this.processes.push(process);
    return process;
  }

  async #fate(orphans: readonly Flight[], plan: Plan | undefined): Promise<void> {
    const arriving = orphans.filter((_, i) => plan?.arrive.includes(i));
    if (plan?.late === undefined) await this.world.arriveUnheard(arriving);
    else this.world.arriveLate(arriving, plan.late);
  }

  #left(orphans: readonly Flight[], plan: Plan | undefined): string {
    const late =
      plan?.late === undefined ? [] : orphans.filter((_, i) => plan.arrive.includes(i)).map(({ nth }) => nth);
    return JSON.stringify([this.world.log, this.world.now, late, plan?.late ?? 0]);
  }
}
