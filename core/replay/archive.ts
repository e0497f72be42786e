import { EVERYWHERE, type Policy } from '../contract/index.ts';
import { type Classified, classify, isVerdict } from '../decisions/classify.ts';
import { factsOf } from '../decisions/facts.ts';
import { type Entry, type EntryKey, emptyEntry, keyText } from '../entry/entry.ts';
import { merge } from '../entry/merge.ts';
import type { FeedbackEvent } from '../feedback/event.ts';
import type { Opened } from '../feedback/open-envelope.ts';

/** What an archive says about one entry. */
export interface Told {
  /** What its messages come to under the policy. */
  readonly facts: Entry;
  /** Ids of all evidence that its messages could have left here under any policy. */
  readonly ids: ReadonlySet<string>;
}

interface Gathered {
  facts: Entry;
  readonly ids: Set<string>;
}

/** Every scope in which some policy keeps what this event says. */
const scopesOf = (event: FeedbackEvent): string[] => {
  const scopes = new Set([EVERYWHERE]);
  if (event.stream !== undefined) scopes.add(event.stream);
  if ('topic' in event && event.topic !== undefined) scopes.add(event.topic);
  if ('tenant' in event && event.tenant !== undefined) scopes.add(`tenant:${event.tenant}`);
  return [...scopes];
};

/** Deliveries leave no evidence, whatever the policy, and are kept without an id. */
const leavesEvidence = ({ type }: FeedbackEvent): boolean => type !== 'Delivery' && type !== 'DeliveryDelay';

/** What is gathered of an archive. */
export interface ArchiveOptions {
  readonly policy: Policy;
  /** Whether to gather ids too: to rebuild takes them, to merge does not. */
  readonly ids: boolean;
  /** Which entries are gathered, by `keyText`. @default - all */
  readonly wants?: (key: string) => boolean;
}

/**
 * Gathers what messages say, by entry: memory grows with the entries they are about, not with the messages.
 *
 * @example const archive = new Archive({ policy, ids: false }); openEnvelope(body).forEach((each) => archive.add(each));
 */
export class Archive {
  readonly #options: ArchiveOptions;
  readonly #entries = new Map<string, Gathered>();

  constructor(options: ArchiveOptions) {
    this.#options = options;
  }

  /** Takes in one message. @returns what was decided about it */
  add(opened: Opened): Classified {
    const classified = classify(opened, this.#options.policy);
    if (classified.kind === 'malformed') return classified;
    for (const line of classified.lines) {
      if (!isVerdict(line) || line.event === undefined) continue;
      const { event } = line;
      const facts = factsOf(event, line.decision);
      if (facts !== undefined) this.#learn(facts);
      if (this.#options.ids && leavesEvidence(event)) this.#name(event);
    }
    return classified;
  }

  /** Entries that were gathered. */
  get size(): number {
    return this.#entries.size;
  }

  entries(): IterableIterator<Told> {
    return this.#entries.values();
  }

  #learn(facts: Entry): void {
    const gathered = this.#of(facts);
    if (gathered !== undefined) gathered.facts = merge(gathered.facts, facts);
  }

  #name(event: FeedbackEvent): void {
    for (const scope of scopesOf(event)) this.#of({ address: event.recipient, scope })?.ids.add(event.id);
  }

  #of(key: EntryKey): Gathered | undefined {
    const text = keyText(key);
    const known = this.#entries.get(text);
    if (known !== undefined) return known;
    if (this.#options.wants?.(text) === false) return undefined;
    const fresh: Gathered = { facts: emptyEntry(key), ids: new Set() };
    this.#entries.set(text, fresh);
    return fresh;
  }
}
