import type { Attributes } from '../../../adapters/attributes.ts';
import { decodeEntry, encodeEntry } from '../../../adapters/entry-codec.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, emptyEntry, keyText } from '../../../core/entry/entry.ts';
import { knowsNothing, merge, sameFacts, settle } from '../../../core/entry/merge.ts';
import type { KeyHash } from '../../../core/messages/key-hash.ts';
import { type Claim, Failures } from '../claim.ts';
import { MIB } from '../heap.ts';
import { type StormSize, spoiltAddresses } from './events.ts';
import { type Expectation, mayForget } from './expectation.ts';
import { isAllowed, isDetermined, memoryOf, messagesByEvent } from './forgetting.ts';
import type { LetterBox } from './letter-box.ts';
import { comparable } from './read-table.ts';
import type { StormRun } from './run-storm.ts';

/** What a storm left behind. */
export interface Aftermath {
  readonly run: StormRun;
  readonly expectation: Expectation;
  /** The table after the storm, and after the same events without one. */
  readonly items: ReadonlyMap<string, Attributes>;
  readonly calm: ReadonlyMap<string, Attributes>;
  /** Items that another program had spoiled, as they were before. */
  readonly spoilt: ReadonlyMap<string, Attributes>;
  readonly letters: Pick<LetterBox, 'codesOf' | 'strays' | 'received'>;
  /** What the records of keyed sends say: SES's id, undefined where none is known. */
  readonly records: ReadonlyMap<KeyHash, string | undefined>;
}

const n = (count: number): string => count.toLocaleString('en-US');

const itemOf = (entry: Entry): Attributes =>
  encodeEntry(entry, derive(entry, DEFAULT_POLICY), { version: '', updatedAt: 0 });

const withoutDeliveries = (entry: Entry): Entry => ({ ...entry, deliveries: [] });

/** Merging it again would change nothing; a delivery is looked at with the entry that it may be forgotten by. */
const isReflected = (fact: Entry, items: ReadonlyMap<string, Attributes>): boolean => {
  const item = items.get(keyText(fact));
  const known = item === undefined ? emptyEntry(fact) : decodeEntry(item).entry;
  const again = settle(merge(known, withoutDeliveries(fact)));
  return item === undefined ? knowsNothing(again) : sameFacts(again, known);
};

const everyEvent = ({ expectation, items, letters, run }: Aftermath): Claim => {
  const failures = new Failures();
  const counts = { reflected: 0, quiet: 0, aside: 0, stuck: 0 };
  const buried = new Set(run.queue.buried.map((message) => run.history.arrivals[message]));
  for (const [ordinal, facts] of expectation.facts.entries()) {
    if (expectation.stuck.has(ordinal)) {
      counts.stuck += 1;
      if (!buried.has(ordinal)) failures.add(`event ${ordinal} about a spoilt item was not set aside by the queue`);
      continue;
    }
    if (buried.has(ordinal)) failures.add(`event ${ordinal} was set aside by the queue`);
    const code = expectation.letters.get(ordinal);
    const codes = letters.codesOf(ordinal);
    if (code !== undefined) {
      counts.aside += 1;
      if (codes.length === 0) failures.add(`event ${ordinal} (${code}) is not in the dead-letter queue`);
      else if (codes.some((each) => each !== code))
        failures.add(`event ${ordinal} was set aside as ${[...new Set(codes)]}, not as ${code}`);
      continue;
    }
    if (facts.length === 0) counts.quiet += 1;
    else counts.reflected += 1;
    for (const fact of facts)
      if (!isReflected(fact, items))
        failures.add(`event ${ordinal} is not in the entry ${JSON.stringify(keyText(fact))}`);
  }
  for (const stray of letters.strays) failures.add(`a letter that is none of the events: ${stray}`);
  if (run.queue.left > 0) failures.add(`${run.queue.left} messages are still in the queue`);
  return failures.claim(
    'every event is reflected in the table, or set aside with its reason',
    `${n(counts.reflected)} in the table, ${n(counts.quiet)} that say nothing of the list, ${n(counts.aside)} set ` +
      `aside with their code (${n(letters.received())} letters), ${n(counts.stuck)} about spoilt items set aside by the queue`,
  );
};

const asRead = ({ expectation }: Aftermath): Claim => {
  const failures = new Failures();
  for (const words of expectation.misread) failures.add(words);
  return failures.claim(
    'every event falls under the rule it was made for',
    'the oracle reads what the generator meant',
  );
};

/** Entry by entry against the union of the events, and the items of the calm run. */
const everyEntry = ({ expectation, items, calm, spoilt, run }: Aftermath): readonly Claim[] => {
  const union = new Failures();
  const same = new Failures();
  const exception = new Failures();
  const counts = { exact: 0, touched: 0, determined: 0, forgetful: 0 };
  const messages = messagesByEvent(run.history);
  for (const [key, expected] of expectation.entries) {
    const name = JSON.stringify(key);
    const item = items.get(key);
    if (knowsNothing(expected.union)) {
      if (item !== undefined) union.add(`${name} should not be there`);
      continue;
    }
    if (item === undefined) {
      union.add(`${name} is missing`);
      continue;
    }
    const calmItem = calm.get(key);
    if (!mayForget(expected)) {
      counts.exact += 1;
      if (comparable(item) !== comparable(itemOf(expected.union))) union.add(`${name} is not the union of its events`);
      if (calmItem === undefined || comparable(item) !== comparable(calmItem))
        same.add(`${name} is not as after the run without faults`);
      continue;
    }
    counts.touched += 1;
    const { entry } = decodeEntry(item);
    if (comparable(item) !== comparable(itemOf(entry))) union.add(`${name} publishes what its facts do not say`);
    if (!sameFacts(withoutDeliveries(entry), withoutDeliveries(expected.union)))
      union.add(`${name} has other evidence than its events`);
    if (calmItem === undefined || !sameFacts(withoutDeliveries(entry), withoutDeliveries(decodeEntry(calmItem).entry)))
      same.add(`${name} has other evidence than after the run without faults`);
    const memory = memoryOf(expected, run.history, messages);
    if (isDetermined(memory)) counts.determined += 1;
    if (!sameFacts(entry, expected.union)) counts.forgetful += 1;
    if (!isAllowed(entry.deliveries, memory))
      exception.add(`${name} remembers deliveries it cannot, or forgot one it must not`);
  }
  for (const [key, item] of items) {
    if (spoilt.has(key)) {
      if (comparable(item) !== comparable(spoilt.get(key) ?? {}))
        union.add(`${JSON.stringify(key)} was not left as it was`);
    } else if (!expectation.entries.has(key)) union.add(`${JSON.stringify(key)} is no entry of any event`);
  }
  return [
    union.claim('every entry is the union of its events, and nothing else is in the table', `${n(items.size)} items`),
    same.claim('the table is that of a run without faults', `${n(counts.exact)} entries are equal`),
    exception.claim(
      'where deliveries may be forgotten (strikes and deliveries), only those are that may',
      `${n(counts.touched)} entries, of which ${n(counts.determined)} could end in one way only; ${n(counts.forgetful)} forgot some`,
    ),
  ];
};

const everyRecord = ({ expectation, records }: Aftermath): Claim => {
  const failures = new Failures();
  for (const [key, messageId] of expectation.keyed)
    if (records.get(key) !== messageId) failures.add(`the send ${key} is not known by ${messageId}`);
  return failures.claim(
    'every unknown outcome that feedback bears on is settled',
    `${n(expectation.keyed.size)} sends`,
  );
};

/** How far the heap may be above the first checkpoint: what nothing that grows with the events could stay below. */
export const HEAP_BOUND = 6 * MIB;

const flat = ({ run: { heaps } }: Aftermath): Claim => {
  const failures = new Failures();
  const [first] = heaps;
  for (const { messages, bytes } of heaps)
    if (first !== undefined && bytes > first.bytes + HEAP_BOUND)
      failures.add(
        `${(bytes / MIB).toFixed(1)} MiB at message ${n(messages)}, ${(first.bytes / MIB).toFixed(1)} at ${n(first.messages)}`,
      );
  const told = heaps.map(({ messages, bytes }) => `${(bytes / MIB).toFixed(1)} MiB at ${n(messages)}`).join(', ');
  return failures.claim(`memory is flat: at most ${HEAP_BOUND / MIB} MiB above the first`, told);
};

const consistent = (inconsistentReads: number): Claim => {
  const failures = new Failures();
  if (inconsistentReads > 0) failures.add(`${inconsistentReads} reads did not ask for consistency`);
  return failures.claim('every read asks for consistency', 'a replica that lags was ready to answer');
};

/** All that is claimed of a storm of feedback. */
export const checkStorm = (aftermath: Aftermath, inconsistentReads: number): readonly Claim[] => [
  everyEvent(aftermath),
  asRead(aftermath),
  ...everyEntry(aftermath),
  everyRecord(aftermath),
  consistent(inconsistentReads),
  flat(aftermath),
];

/** The keys of the spoilt items. */
export const spoiltKeys = (size: StormSize): readonly string[] =>
  spoiltAddresses(size).map((address) => `${address}\n*`);
