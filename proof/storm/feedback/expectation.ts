import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { classify, isVerdict } from '../../../core/decisions/classify.ts';
import { factsOf } from '../../../core/decisions/facts.ts';
import { type DeliveryFact, type Entry, emptyEntry, keyText } from '../../../core/entry/entry.ts';
import { merge, settle } from '../../../core/entry/merge.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import type { KeyHash } from '../../../core/messages/key-hash.ts';
import { queueRecord } from './envelopes.ts';
import type { StormEvent } from './events.ts';

/** What a storm must come to for one entry: the union of all that its events say, made in one go. */
export interface Expected {
  /** Everything in it. */
  readonly union: Entry;
  /** Events that hold a strike, for entries that may forget deliveries. */
  readonly strikes: readonly number[];
  readonly deliveries: readonly { readonly event: number; readonly fact: DeliveryFact }[];
}

/** What a storm must come to. */
export interface Expectation {
  readonly entries: ReadonlyMap<string, Expected>;
  /** The code each piece of poison is to be set aside with, by event. */
  readonly letters: ReadonlyMap<number, string>;
  /** Events about spoilt items. */
  readonly stuck: ReadonlySet<number>;
  readonly keyed: ReadonlyMap<KeyHash, string>;
  /** The facts in each event, in the order of the events. */
  readonly facts: readonly (readonly Entry[])[];
  /** Events that are read otherwise than they were meant. */
  readonly misread: readonly string[];
}

/** What the events so far say of one key. */
interface Gathered {
  readonly key: Pick<Entry, 'address' | 'scope'>;
  readonly facts: Entry[];
  readonly strikes: number[];
  readonly deliveries: { event: number; fact: DeliveryFact }[];
}

const SHOWN = 200;

const unionOf = ({ key, facts }: Gathered): Entry =>
  settle(
    merge(emptyEntry(key), {
      ...emptyEntry(key),
      evidence: facts.flatMap(({ evidence }) => evidence),
      deliveries: facts.flatMap(({ deliveries }) => deliveries),
    }),
  );

const NOTHING: readonly Entry[] = [];

/** Reads events, each once, with no function, no table and no order in between, and tells what must come of them. */
export class Oracle {
  readonly #gathered = new Map<string, Gathered>();
  readonly #facts: (readonly Entry[])[] = [];
  readonly #letters = new Map<number, string>();
  readonly #stuck = new Set<number>();
  readonly #keyed = new Map<KeyHash, string>();
  readonly #misread: string[] = [];

  /** Reads the next event. */
  add(event: StormEvent): void {
    const { way, body, sentAt, code, rules, isStuck, keyed } = event;
    const ordinal = this.#facts.length;
    const input = way === 'queue' ? queueRecord('oracle', body, sentAt) : JSON.parse(body);
    const messages = openEnvelope(input).map((opened) => classify(opened, DEFAULT_POLICY));
    const lines = messages.flatMap((message) => (message.kind === 'decided' ? message.lines : []));
    const meant = String(code ?? rules);
    const read = String(
      messages.flatMap((message) => (message.kind === 'malformed' ? message.problem.code : [])).join() ||
        lines.map((line) => (isVerdict(line) ? line.decision.rule : 'unusable')),
    );
    if (read !== meant) this.#misread.push(`event ${ordinal}: meant ${meant}, read ${read}: ${body.slice(0, SHOWN)}`);
    if (code !== undefined) this.#letters.set(ordinal, code);
    if (keyed !== undefined) this.#keyed.set(keyed.key, keyed.messageId);
    if (isStuck) this.#stuck.add(ordinal);
    const facts = lines
      .map((line) => (isVerdict(line) && line.event !== undefined ? factsOf(line.event, line.decision) : undefined))
      .filter((fact) => fact !== undefined);
    this.#facts.push(isStuck || facts.length === 0 ? NOTHING : facts);
    if (!isStuck) for (const fact of facts) this.#gather(ordinal, fact);
  }

  /** What must come of all the events so far. */
  tell(): Expectation {
    const entries = new Map<string, Expected>();
    for (const [key, one] of this.#gathered) {
      const { strikes, deliveries } = one;
      entries.set(key, { union: unionOf(one), strikes, deliveries });
    }
    return {
      entries,
      letters: this.#letters,
      stuck: this.#stuck,
      keyed: this.#keyed,
      facts: this.#facts,
      misread: this.#misread,
    };
  }

  #gather(ordinal: number, fact: Entry): void {
    const { address, scope, evidence, deliveries } = fact;
    const known = this.#gathered.get(keyText(fact));
    const one = known ?? { key: { address, scope }, facts: [], strikes: [], deliveries: [] };
    if (known === undefined) this.#gathered.set(keyText(fact), one);
    one.facts.push(fact);
    if (evidence.some(({ reason }) => reason === 'soft-bounce')) one.strikes.push(ordinal);
    for (const delivery of deliveries) one.deliveries.push({ event: ordinal, fact: delivery });
  }
}

/** Whether the one exception may touch an entry: it has strikes, and deliveries that may have come while it had none. */
export const mayForget = ({ strikes, deliveries }: Expected): boolean => strikes.length > 0 && deliveries.length > 0;
