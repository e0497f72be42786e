import type { Policy } from '../../core/contract/index.ts';
import { learnPatiently } from '../../core/ledger/learn-patiently.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import type { Archive, Told } from '../../core/replay/archive.ts';
import { type Compared, compare } from '../../core/replay/compare.ts';
import type { ReplayMode } from '../../core/replay/difference.ts';
import { rebuild } from '../../core/replay/rebuild.ts';
import type { Dependencies } from '../dependencies.ts';
import { printable } from '../output/printable.ts';
import { differenceJson, differenceLine, type Outcome } from './report.ts';

/** How what was gathered is brought in. */
export interface BringInOptions {
  readonly ledger: Ledger;
  readonly mode: ReplayMode;
  readonly policy: Policy;
  /** Whether to write. */
  readonly yes?: true;
  readonly json?: true;
}

/** Entries read, shown and written at once. */
const AT_ONCE = 100;
/** Differences that a person is shown. */
const SHOWN = 50;

/** Prints and, if it is to be, writes differences, and counts them. */
export class BringIn {
  readonly outcome: Outcome;
  /** Differences that were printed. */
  shown = 0;
  readonly #options: BringInOptions;
  readonly #deps: Dependencies;

  constructor(options: BringInOptions, deps: Dependencies) {
    this.#options = options;
    this.#deps = deps;
    this.outcome = { changed: 0, learnt: 0, unchanged: 0, unreadable: 0, written: options.yes ? 0 : null };
  }

  /** Takes everything that was gathered, a hundred entries at a time: each is printed before it is written. */
  async act(archive: Archive): Promise<void> {
    let some: Told[] = [];
    for (const told of archive.entries()) {
      some.push(told);
      if (some.length < AT_ONCE) continue;
      await this.#take(some);
      some = [];
    }
    if (some.length > 0) await this.#take(some);
  }

  async #take(some: readonly Told[]): Promise<void> {
    const { ledger, mode, policy } = this.#options;
    const all = await compare(ledger, some, mode, policy);
    const differing: Compared[] = [];
    for (const each of all) if (await this.#tell(each)) differing.push(each);
    if (this.outcome.written !== null) this.outcome.written += await this.#write(differing);
  }

  /** @returns whether it is to be written */
  async #tell(compared: Compared): Promise<boolean> {
    const { told } = compared;
    if (compared.kind === 'unread') {
      if (compared.error.name !== 'EntryUnreadable') throw compared.error;
      this.outcome.unreadable += 1;
      const { address, scope } = told.facts;
      const which = `${printable(address)} ${printable(scope)}`;
      await this.#deps.stderr.write(`EntryUnreadable: ${which}: ${printable(compared.error.message)}\n`);
      return false;
    }
    const { difference } = compared;
    if (difference.kind === 'same') this.outcome.unchanged += 1;
    else if (difference.kind === 'facts') this.outcome.learnt += 1;
    else this.outcome.changed += 1;
    await this.#print(compared);
    return difference.kind !== 'same';
  }

  async #print({ told, difference }: Extract<Compared, { readonly kind: 'read' }>): Promise<void> {
    const { stdout, now, paint } = this.#deps;
    if (difference.kind === 'same') return;
    if (this.#options.json) return stdout.write(differenceJson(told.facts, difference));
    if (difference.kind === 'facts' || this.shown === SHOWN) return;
    this.shown += 1;
    return stdout.write(differenceLine(told.facts, difference, now(), paint));
  }

  async #write(differing: readonly Compared[]): Promise<number> {
    const { ledger, mode, policy } = this.#options;
    const { now, sleep } = this.#deps;
    if (mode === 'rebuild') return rebuild(differing, { ledger, policy, now });
    const facts = differing.map(({ told }) => told.facts);
    const learnt = await learnPatiently(facts, { ledger, policy, sleep });
    return [...learnt.values()].filter(({ outcome }) => outcome === 'written').length;
  }
}
