// One address that SES tells more and more about: pieces kept, bytes of the item, and processor time of one event more,
// against what any program pays to read and write the item's JSON.
import { decodeEntry, encodeEntry } from '../../../adapters/entry-codec.ts';
import { parseAddress } from '../../../core/address/address.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { BLOCKING_REASONS, type Entry, emptyEntry, type Reason } from '../../../core/entry/entry.ts';
import { merge, settle } from '../../../core/entry/merge.ts';
import { DAY } from '../../../core/instant.ts';
import { itemBytes } from '../item-bytes.ts';
import { cpuMs, sweep } from '../sweep.ts';

const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const ROUNDS = 11;
const START = Date.UTC(2020, 0, 1);
/** Every reason that feedback gives: the most different facts that one entry can hold. */
const REASONS: readonly Reason[] = [...BLOCKING_REASONS.filter((each) => each !== 'manual'), 'not-spam', 'opted-in'];

const parsed = parseAddress('pat@target.example');
if (!parsed.ok) throw new Error(parsed.error.message);
const nobody = emptyEntry({ address: parsed.value, scope: '*' });

/** The n-th event: reasons take turns, one a day, with as long a text as is kept, and a delivery beside each. */
const event = (n: number): Entry => {
  const reason = REASONS[n % REASONS.length] ?? 'complaint';
  const at = START + n * (DAY / 4);
  const messageId = `0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-${String(n).padStart(12, '0')}-000000`;
  const evidence = [
    {
      id: `${messageId}#pat@target.example`,
      at,
      rule: reason,
      reason,
      type: 'Bounce',
      subtype: 'Permanent/General',
      status: '5.1.1',
      messageId,
      diagnostic: 'smtp; 550 5.1.1 '.padEnd(200, 'user unknown '),
    },
  ];
  return { ...nobody, evidence, deliveries: [{ at: at + 1, messageId: `delivered-${n}` }] };
};

const after = new Map<number, Entry>();
let entry: Entry = nobody;
for (let n = 0; n < Math.max(...SIZES); n += 1) {
  entry = settle(merge(entry, event(n)));
  if (SIZES.includes(n + 1)) after.set(n + 1, entry);
}

const itemOf = (known: Entry) => encodeEntry(known, derive(known, DEFAULT_POLICY), { version: 'v', updatedAt: START });
const knownAfter = (events: number): Entry => after.get(events) ?? nobody;

const sizes = SIZES.map((x) => {
  const known = knownAfter(x);
  const strikes = known.evidence.filter(({ reason }) => reason === 'soft-bounce').length;
  return {
    x,
    strikes,
    others: known.evidence.length - strikes,
    deliveries: known.deliveries.length,
    bytes: itemBytes(itemOf(known)),
  };
});

const learning = await sweep(
  SIZES,
  ROUNDS,
  async (events) => {
    const item = itemOf(knownAfter(events));
    const next = event(events);
    return 1000 * (await cpuMs(() => itemOf(settle(merge(decodeEntry(item).entry, next)))));
  },
  async (events) => {
    const text = JSON.stringify(itemOf(knownAfter(events)));
    return 1000 * (await cpuMs(() => JSON.stringify(JSON.parse(text))));
  },
);
process.stdout.write(JSON.stringify({ sizes, learning }));
