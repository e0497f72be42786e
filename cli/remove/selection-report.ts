import { SECOND_CALL_MS } from '../../adapters/one-a-second.ts';
import type { BlockingReason, EntryKey } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import type { NotMeant } from '../../core/removal/selection.ts';
import type { CliError } from '../cli-error.ts';
import type { Dependencies } from '../dependencies.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';
import { timeWords } from '../output/words.ts';

/** What became of one entry of a selection. */
export type SelectionEvent = { readonly key: EntryKey } & (
  | { readonly kind: 'selected'; readonly reason: BlockingReason; readonly since: Instant }
  /** Something blocks it that is not meant. */
  | { readonly kind: 'kept'; readonly reason: BlockingReason; readonly why: NotMeant; readonly since: Instant }
  | { readonly kind: 'removed'; readonly spellings: readonly string[] }
  /** It is no longer what it was when it was selected. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly error: CliError }
);

/** How many entries came to what. */
export type SelectionCounts = Record<SelectionEvent['kind'], number>;

/** What blocks an entry too, in words. */
const KEPT_FOR: { readonly [why in NotMeant]: (reason: string) => string } = {
  reason: (reason) => `also ${reason}`,
  later: (reason) => `later ${reason}`,
  earlier: (reason) => `earlier ${reason}`,
  words: (reason) => `${reason} in other words`,
};

/** Entries of one kind that a person is shown. */
const SHOWN = 20;
/** Calls of SES's list that a person is told to wait for. */
const SLOW_CALLS = 60;

const json = (event: SelectionEvent): string => {
  const { key, kind } = event;
  const { address, scope } = key;
  switch (event.kind) {
    case 'selected':
      return jsonLine({ kind, address, scope, reason: event.reason, since: isoOrNull(event.since) });
    case 'kept': {
      const { reason, why, since } = event;
      return jsonLine({ kind, address, scope, reason, why, since: isoOrNull(since) });
    }
    case 'removed':
      return jsonLine({ kind, address, scope, spellings: event.spellings });
    case 'changed':
      return jsonLine({ kind, address, scope });
    case 'failed':
      return jsonLine({ kind, address, scope, error: { code: event.error.code, message: event.error.message } });
  }
};

const patience = (calls: number): string =>
  calls < SLOW_CALLS
    ? ''
    : `SES takes one call a second: up to ${Math.ceil((calls * SECOND_CALL_MS) / 60_000)} minutes, if it lists them all.\n`;

/** Tells what becomes of each entry: all in JSON, to people the first of those they should look at. */
export class SelectionReport {
  readonly counts: SelectionCounts = { selected: 0, kept: 0, removed: 0, changed: 0, failed: 0 };
  /** Entries that stay, by what blocks them too. */
  readonly #keptFor = new Map<string, number>();
  readonly #deps: Dependencies;
  readonly #json: boolean;

  constructor(deps: Dependencies, asJson: boolean) {
    this.#deps = deps;
    this.#json = asJson;
  }

  async tell(event: SelectionEvent): Promise<void> {
    this.counts[event.kind] += 1;
    if (event.kind === 'kept') {
      const words = KEPT_FOR[event.why](event.reason);
      this.#keptFor.set(words, (this.#keptFor.get(words) ?? 0) + 1);
    }
    const { stdout, stderr } = this.#deps;
    const { address, scope } = event.key;
    if (event.kind === 'failed')
      await stderr.write(`${event.error.code}: ${printable(`${address} (${scope})`)}: ${event.error.message}\n`);
    if (this.#json) return stdout.write(json(event));
    if (this.counts[event.kind] <= SHOWN) await stdout.write(this.#words(event));
  }

  #words(event: SelectionEvent): string {
    const { notice } = this.#deps.paint;
    const { address, scope } = event.key;
    const entry = `  ${printable(address)}  ${printable(scope)}`;
    switch (event.kind) {
      case 'selected':
        return `${entry}  ${printable(event.reason)}  since ${timeWords(event.since)}\n`;
      case 'kept':
        return `${entry}  ${notice('stays')}: ${KEPT_FOR[event.why](printable(event.reason))}, ${timeWords(event.since)}\n`;
      case 'changed':
        return `${entry}  ${notice('stays')}: it has changed meanwhile\n`;
      default:
        return '';
    }
  }

  /** What was found, after the entries of it. */
  async found(): Promise<void> {
    if (this.#json) return;
    const { selected, kept } = this.counts;
    const more = (count: number, what: string): string =>
      count > SHOWN ? `  … and ${count - SHOWN} more ${what}; --json names all\n` : '';
    await this.#deps.stdout.write(more(selected, 'to remove') + more(kept, 'that stay'));
  }

  /**
   * The last line.
   *
   * @param acted - whether it was more than a look
   * @param calls - calls of SES's lists that it may take
   */
  async end(acted: boolean, calls: number): Promise<void> {
    const { selected, kept, removed, changed, failed } = this.counts;
    if (this.#json)
      return this.#deps.stdout.write(jsonLine({ ...this.counts, keptFor: Object.fromEntries(this.#keptFor), acted }));
    const why = [...this.#keptFor].map(([words, count]) => `${count} ${words}`).join(', ');
    const stay = kept === 0 ? '' : `, ${kept} ${kept === 1 ? 'stays' : 'stay'} for something else (${why})`;
    const unread = failed === 0 ? '' : `, ${failed} failed`;
    await this.#deps.stdout.write(
      acted
        ? `${removed} of ${selected} removed${stay}${changed === 0 ? '' : `, ${changed} changed meanwhile`}${unread}.\n`
        : `${selected} to remove${stay}${unread}. Nothing was changed; --yes removes${selected === 1 ? ' it' : ' them'}.\n${patience(calls)}`,
    );
  }
}
