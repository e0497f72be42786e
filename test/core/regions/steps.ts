import { setImmediate as settled } from 'node:timers/promises';

/** What decides which of several steps is next: an index into them. */
type Choose = (names: readonly string[]) => number;

/**
 * Programs that run at the same time, one step at a time: each waits for its turn before it touches anything they share,
 * and the turns are given in a chosen order.
 */
export class Steps {
  readonly #waiting: { readonly name: string; readonly go: () => void }[] = [];
  readonly #choose: Choose;
  /** The steps that were taken, in order. */
  readonly taken: string[] = [];

  constructor(choose: Choose) {
    this.#choose = choose;
  }

  /** Comes back when it is this step's turn. */
  turn(name: string): Promise<void> {
    return new Promise((go) => this.#waiting.push({ name, go }));
  }

  /** Has something done when its turn comes, and waits for nothing. */
  go(name: string, act: () => void): void {
    this.#waiting.push({ name, go: act });
  }

  /**
   * Takes steps until nobody waits for one.
   *
   * @param after - is called after each step
   */
  async run(after: () => void = () => undefined): Promise<void> {
    // Whatever a step lets go on must have reached its next step before one is chosen.
    for (await settled(); this.#waiting.length > 0; await settled()) {
      this.#waiting.sort((a, b) => (a.name < b.name ? -1 : 1));
      const [next] = this.#waiting.splice(this.#choose(this.#waiting.map(({ name }) => name)), 1);
      this.taken.push(next?.name ?? '');
      next?.go();
      after();
    }
  }
}

/**
 * Runs something under every schedule there is, one after the other, from the start each time.
 *
 * @param under - starts the programs, takes the steps, and says what is to be known of the run
 * @param most - schedules after which it is a mistake to go on
 */
export async function* everySchedule<T>(under: (steps: Steps) => Promise<T>, most = 20_000): AsyncGenerator<T> {
  let prefix: number[] | undefined = [];
  for (let run = 0; prefix !== undefined; run += 1) {
    if (run === most) throw new Error(`more than ${most} schedules`);
    const [made, widths]: [number[], number[]] = [[], []];
    const start: readonly number[] = prefix;
    yield await under(
      new Steps((names) => {
        const choice = start[made.length] ?? 0;
        made.push(choice);
        widths.push(names.length);
        return choice;
      }),
    );
    prefix = undefined;
    for (let i = made.length - 1; i >= 0 && prefix === undefined; i -= 1)
      if ((made[i] ?? 0) + 1 < (widths[i] ?? 0)) prefix = [...made.slice(0, i), (made[i] ?? 0) + 1];
  }
}
