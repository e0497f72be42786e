import type { Disturbance } from './disturbance.ts';
import { MOMENTS } from './process.ts';
import { type Program, siteName } from './program.ts';
import { KnownWorld, type Plan, Run } from './run.ts';

/** What a run came to. */
export interface Played {
  /** The state of everything that counts, in lines. */
  readonly state: readonly string[];
  /** What does not hold. */
  readonly faults: readonly string[];
}

/** Something that functions do, and what has to hold afterwards, whoever died meanwhile. */
export interface Scenario {
  readonly name: string;
  /** Folder of `lambda/`. */
  readonly program: string;
  readonly disturbances?: () => readonly Disturbance[];
  /** Which of several requests in flight arrives first. @default fifo */
  readonly order?: 'fifo' | 'lifo';
  /** Whether requests may also arrive when the next process is at work already, and how much later. @default 0, no */
  readonly lateUpTo?: number;
  /** Whether the process that takes over dies as well, everywhere. @default false */
  readonly isTwice?: boolean;
  /** @param calm - what the run without a crash came to; undefined: this is that run */
  play(run: Run, calm: Played | undefined): Promise<Played>;
}

/** A run in which something did not hold. */
export interface Failure {
  readonly plans: readonly Plan[];
  readonly faults: readonly string[];
}

/** What became of a scenario. */
export interface Explored {
  readonly name: string;
  readonly program: string;
  /** Sites that the run without a crash passes, each as often as it does. */
  readonly passed: number;
  /** Runs with one crash. */
  readonly crashes: number;
  /** Runs with two. */
  readonly twice: number;
  /** Different worlds that these left behind: what follows from each was run to its end. */
  readonly worlds: number;
  readonly failures: readonly Failure[];
  /** Names of the sites that any run passed. */
  readonly sites: readonly string[];
}

/** How thorough an exploration is. */
export interface Thoroughness {
  /** Runs to its end what follows from every single crash. @default false */
  readonly whole?: boolean;
  /** Ends with the first failure. @default false */
  readonly firstFailure?: boolean;
}

/** Failures of one scenario that are kept; one is enough to mend it. */
const MOST_FAILURES = 20;
/** So many requests in flight arrive in every combination. */
const COMBINED = 3;

/**
 * Which of the requests in flight arrive, in each way that is tried: every combination, but for many of them only none,
 * all, each one alone and each one missing.
 *
 * @example fatesOf(2) // [[], [0], [1], [0, 1]]
 */
export const fatesOf = (flying: number): number[][] => {
  const all = Array.from({ length: flying }, (_, i) => i);
  if (flying <= COMBINED)
    return Array.from({ length: 2 ** flying }, (_, mask) => all.filter((i) => (mask & (1 << i)) !== 0));
  return [[], ...all.map((i) => [i]), ...all.map((i) => all.filter((other) => other !== i)), all];
};

class Explorer {
  readonly sites = new Set<number>();
  readonly failures: Failure[] = [];
  readonly #scenario: Scenario;
  readonly #program: Program;
  readonly #how: Thoroughness;
  /** Worlds that processes left behind. */
  readonly worlds = new Set<string>();
  #calm: Played | undefined;

  constructor(scenario: Scenario, program: Program, how: Thoroughness) {
    this.#scenario = scenario;
    this.#program = program;
    this.#how = how;
  }

  async play(plans: readonly Plan[]): Promise<Run> {
    const { disturbances, order } = this.#scenario;
    const run = new Run({
      program: this.#program,
      plans,
      isKnown: (left) => !this.#how.whole && this.worlds.has(`${plans.length} ${left}`),
      ...(order === undefined ? {} : { order }),
      ...(disturbances === undefined ? {} : { disturbances: disturbances() }),
    });
    await run.world.cloud.start();
    const faults: string[] = [];
    try {
      const played = await this.#scenario.play(run, this.#calm);
      faults.push(...played.faults);
      if (plans.length === 0) this.#calm = played;
    } catch (fault) {
      if (fault instanceof KnownWorld) return this.#seen(run, plans);
      faults.push(`the run met a fault: ${fault instanceof Error ? fault.stack : String(fault)}`);
    }
    const strays = await run.strays();
    if (strays > 0) faults.push(`${strays} requests were made, or under way, after the function had answered`);
    if (faults.length > 0 && this.failures.length < MOST_FAILURES) this.failures.push({ plans, faults });
    return this.#seen(run, plans);
  }

  #seen(run: Run, plans: readonly Plan[]): Run {
    for (const { passed } of run.processes) for (const site of passed) this.sites.add(site);
    const last = run.deaths.at(-1);
    if (last !== undefined && run.deaths.length === plans.length) this.worlds.add(`${plans.length} ${last.left}`);
    return run;
  }

  /**
   * Crashes at every site that a process passes, in every moment, with every fate of what is in flight.
   *
   * @param before - crashes that come first
   * @param passed - the sites that the process passes if it does not die
   * @param late - how much later what arrives may arrive
   * @param each - told of every run in which all crashes took place
   */
  async sweep(
    before: readonly Plan[],
    passed: readonly number[],
    late: number,
    each: (run: Run, plans: readonly Plan[]) => void,
  ): Promise<void> {
    for (const [nth, site] of passed.entries())
      for (const moment of MOMENTS) {
        if (this.#how.firstFailure && this.failures.length > 0) return;
        const attempt = async (fate: Omit<Plan, 'nth' | 'moment'>): Promise<Run | undefined> => {
          const plans = [...before, { nth, moment, ...fate }];
          const run = await this.play(plans);
          const died = run.processes[before.length];
          if (run.deaths.length < plans.length) return undefined;
          if (died?.passed[nth] !== site)
            throw new Error(`not the same run again: site ${nth} of ${this.#scenario.name}`);
          each(run, plans);
          return run;
        };
        const first = await attempt({ arrive: [] });
        // What comes to its end before anything else can happen is never seen under way.
        if (first === undefined) continue;
        for (const arrive of fatesOf(first.deaths[before.length]?.flying ?? 0).slice(1)) {
          await attempt({ arrive });
          for (let later = 1; later <= late; later += 1) await attempt({ arrive, late: later });
        }
      }
  }
}

/**
 * Runs a scenario without a crash, and then with one at every site it passes: before the operand is evaluated, while it is
 * under way, and after it has come to its end; with every fate of the requests in flight. Where the scenario asks for it,
 * the process that takes over dies as well, at each of its own sites: after every first crash that left another world
 * behind than those before it.
 *
 * Whatever follows a crash follows from what is left behind: the requests that have arrived, the time, and those that are
 * late. So it is run to its end once for each such world.

 */
export const explore = async (scenario: Scenario, program: Program, how: Thoroughness = {}): Promise<Explored> => {
  const explorer = new Explorer(scenario, program, how);
  const calm = await explorer.play([]);
  const passed = calm.processes[0]?.passed ?? [];
  let crashes = 0;
  let twice = 0;
  const firsts = new Map<string, { readonly plans: readonly Plan[]; readonly passed: readonly number[] }>();
  if (explorer.failures.length === 0)
    await explorer.sweep([], passed, scenario.lateUpTo ?? 0, (run, plans) => {
      crashes += 1;
      const left = run.deaths[0]?.left ?? '';
      if (plans[0]?.late === undefined && !firsts.has(left))
        firsts.set(left, { plans, passed: run.processes[1]?.passed ?? [] });
    });
  if (scenario.isTwice && explorer.failures.length === 0)
    for (const { plans, passed: next } of firsts.values())
      await explorer.sweep(plans, next, 0, () => {
        twice += 1;
      });
  const { name, program: of } = scenario;
  const { failures, worlds } = explorer;
  const sites = [...explorer.sites].map((site) => siteName(program.sites[site])).sort();
  return { name, program: of, passed: passed.length, crashes, twice, worlds: worlds.size, failures, sites };
};

/** Runs a scenario without a crash, and then with these. @returns what did not hold in either */
export const replay = async (
  scenario: Scenario,
  program: Program,
  plans: readonly Plan[],
): Promise<readonly Failure[]> => {
  const explorer = new Explorer(scenario, program, { whole: true });
  await explorer.play([]);
  await explorer.play(plans);
  return explorer.failures;
};
