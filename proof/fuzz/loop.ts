import { seededRandom } from '../../local/seeded-random.ts';
import type { Coverage } from './coverage.ts';
import { encodeInput, type Finding, faultOf, signatureOf } from './finding.ts';
import { checkGrowth } from './growth.ts';
import type { Json } from './json.ts';
import { mutate, pick, type Random } from './mutate.ts';
import { shrink } from './shrink.ts';
import type { Target } from './target.ts';

/** How far one target has come. */
export interface Tally {
  readonly target: string;
  inputs: number;
  /** Milliseconds spent on it. */
  millis: number;
  /** Inputs that are varied further, because they did what none before them did. */
  kept: number;
  /** Blocks of code that it was first to run. */
  blocks: number;
  /** Answers seen, of all that it can give. */
  readonly seen: Set<string>;
  /** Answers that the target did not say it can give. */
  readonly unforeseen: Set<string>;
}

/** What the loop tells while it runs. */
export interface Listener {
  /** An input is about to be given to a target; undefined once it is done. */
  busy(target: string, input: Json | undefined): void;
  found(finding: Finding): void;
}

const MOST_KEPT = 400;
/** An input that takes longer is not varied further: it would take the time of a hundred others. */
const SLOW_MS = 200;
/** Inputs kept of those between two looks at the coverage: one of them ran what no other did before. */
const KEPT_A_LOOK = 4;
/** Of the time, what looks at the coverage may take, and what looks at the growth may. */
const LOOKS_SHARE = 0.1;
const GROWTH_SHARE = 0.15;

const hash = (text: string): number => [...text].reduce((sum, c) => (Math.imul(sum, 31) + c.charCodeAt(0)) >>> 0, 7);

/** The fuzzing of one target: what it has learnt, and how it goes on. */
export class Course {
  readonly tally: Tally;
  readonly #target: Target;
  readonly #seed: number;
  readonly #random: Random;
  readonly #listener: Listener;
  readonly #coverage: Coverage | undefined;
  readonly #answers: ReadonlySet<string>;
  readonly #corpus: Json[];
  readonly #known = new Set<string>();
  readonly #spent = { looking: 0, growing: 0 };
  #unlooked: Json[] = [];
  #waiting: Json[];

  constructor(target: Target, seed: number, listener: Listener, coverage?: Coverage) {
    this.#target = target;
    this.#seed = seed;
    this.#random = seededRandom(seed ^ hash(target.name));
    this.#listener = listener;
    this.#coverage = coverage;
    this.#answers = new Set(target.answers);
    this.#corpus = [];
    this.#waiting = [...target.seeds];
    const none = { inputs: 0, millis: 0, kept: 0, blocks: 0 };
    this.tally = { target: target.name, ...none, seen: new Set(), unforeseen: new Set() };
  }

  /** Gives the target inputs for about so long. */
  async run(millis: number): Promise<void> {
    const [start, before] = [performance.now(), this.tally.millis];
    do {
      await this.#once();
      this.tally.millis = before + performance.now() - start;
    } while (performance.now() - start < millis);
  }

  /** Faults that nobody caught: they belong to the input before them. */
  async blame(fault: unknown, input: Json): Promise<void> {
    await this.#report(fault, input, false);
  }

  async #once(): Promise<void> {
    const isSeed = this.#waiting.length > 0;
    await this.#give(this.#next(), isSeed);
    const { millis } = this.tally;
    const { looking, growing } = this.#spent;
    const coverage = this.#coverage;
    if (coverage !== undefined && looking <= millis * LOOKS_SHARE)
      await this.#spend('looking', async () => this.#look(coverage));
    if (this.#target.isTimed !== false && this.#corpus.length > 0 && growing <= millis * GROWTH_SHARE)
      await this.#spend('growing', () => this.#grow());
  }

  async #spend(on: 'looking' | 'growing', work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await work();
    this.#spent[on] += performance.now() - start;
  }

  #next(): Json {
    const seed = this.#waiting.shift();
    if (seed !== undefined) return seed;
    if (this.#corpus.length === 0) this.#corpus.push(...this.#target.seeds);
    const { words = [] } = this.#target;
    return mutate(pick(this.#random, this.#corpus), { random: this.#random, others: this.#corpus, words });
  }

  async #give(input: Json, isSeed: boolean): Promise<void> {
    this.tally.inputs += 1;
    this.#listener.busy(this.#target.name, input);
    const start = performance.now();
    try {
      const answers = await this.#target.run(input);
      const isNew = this.#note(answers);
      if (performance.now() - start > SLOW_MS) return;
      if (isNew || isSeed) this.#keep(input);
      else this.#unlooked.push(input);
    } catch (fault) {
      await this.#report(fault, input, true);
    } finally {
      this.#listener.busy(this.#target.name, undefined);
    }
  }

  #note(answers: readonly string[]): boolean {
    const { seen, unforeseen } = this.tally;
    const before = seen.size + unforeseen.size;
    for (const answer of answers) (this.#answers.has(answer) ? seen : unforeseen).add(answer);
    return seen.size + unforeseen.size > before;
  }

  #keep(input: Json): void {
    this.tally.kept += 1;
    if (this.#corpus.length < MOST_KEPT) this.#corpus.push(input);
    else this.#corpus[Math.floor(this.#random() * this.#corpus.length)] = input;
  }

  #look(coverage: Coverage): void {
    const fresh = coverage.fresh();
    this.tally.blocks += fresh;
    for (let kept = 0; fresh > 0 && kept < KEPT_A_LOOK && this.#unlooked.length > 0; kept += 1) {
      const which = Math.floor(this.#random() * this.#unlooked.length);
      for (const input of this.#unlooked.splice(which, 1)) this.#keep(input);
    }
    this.#unlooked = [];
  }

  async #grow(): Promise<void> {
    const input = pick(this.#random, this.#corpus);
    let given = input;
    const busy = (bigger: Json): void => {
      given = bigger;
      this.#listener.busy(this.#target.name, bigger);
    };
    try {
      await checkGrowth(this.#target, input, this.#random, busy);
    } catch (fault) {
      await this.#report(fault, given, false);
    } finally {
      this.#listener.busy(this.#target.name, undefined);
    }
  }

  async #report(fault: unknown, input: Json, isShrunk: boolean): Promise<void> {
    const told = { target: this.#target.name, ...faultOf(fault) };
    const signature = signatureOf(told);
    if (this.#known.has(signature)) return;
    this.#known.add(signature);
    const smallest = isShrunk ? await shrink(input, (less) => this.#failsAlike(less, signature)) : input;
    this.#listener.found({ ...told, seed: this.#seed, input: encodeInput(smallest) });
  }

  async #failsAlike(input: Json, signature: string): Promise<boolean> {
    this.#listener.busy(this.#target.name, input);
    try {
      await this.#target.run(input);
      return false;
    } catch (fault) {
      return signatureOf({ target: this.#target.name, ...faultOf(fault) }) === signature;
    }
  }
}
