import fc from 'fast-check';
import { type Entry, type Evidence, emptyEntry } from '../../../core/entry/entry.ts';
import { merge } from '../../../core/entry/merge.ts';
import { compareEvidence } from '../../../core/entry/order.ts';
import { DAY } from '../../../core/instant.ts';
import { delivered, entryOf, evidence, joined, known, PAT_KEY, piece, REASONS, START, strike } from '../entries.ts';

const merged = (...pieces: readonly Evidence[]): Entry =>
  pieces.map((e) => entryOf({ evidence: [e] })).reduce(merge, emptyEntry(PAT_KEY));

test('of each reason the oldest and the newest piece are kept, whatever else comes', () => {
  const many = fc.array(evidence(), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(many, (pieces) => {
      const kept = merged(...pieces).evidence;
      for (const reason of REASONS.filter((r) => r !== 'soft-bounce')) {
        const ordered = pieces.filter((e) => e.reason === reason).toSorted(compareEvidence);
        const ends = ordered.length === 0 ? [] : [ordered[0], ordered.at(-1)];
        const expected = new Set(ends.map((e) => JSON.stringify(e)));
        expect(new Set(kept.filter((e) => e.reason === reason).map((e) => JSON.stringify(e)))).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test('of strikes the newest of each of the newest twelve days is kept', () => {
  const strikes = Array.from({ length: 20 }, (_, day) => [
    strike(day),
    strike(day, { at: START + day * DAY, id: 'z' }),
  ]);
  const kept = merged(...strikes.flat().reverse()).evidence;
  expect(kept).toEqual(Array.from({ length: 12 }, (_, i) => strike(i + 8)));
});

test('no number of soft bounces pushes out a complaint', () => {
  const complaint = piece('complaint', START);
  const kept = merged(complaint, ...Array.from({ length: 300 }, (_, day) => strike(day))).evidence;
  expect(kept).toContainEqual(complaint);
  expect(kept).toHaveLength(13);
});

test.each<[string, Evidence, Evidence]>([
  ['the later time', piece('complaint', 1), piece('complaint', 2)],
  ['the greater id at the same time', piece('complaint', 1, { id: 'a' }), piece('complaint', 1, { id: 'b' })],
  ['other facts under the same id', piece('complaint', 1, { status: '1' }), piece('complaint', 1, { status: '2' })],
  ['another rule under the same id', piece('complaint', 1, { rule: 'a' }), piece('complaint', 1, { rule: 'b' })],
  ['another type', piece('complaint', 1, { type: 'A' }), piece('complaint', 1, { type: 'B' })],
  ['another subtype', piece('complaint', 1, { subtype: 'a' }), piece('complaint', 1, { subtype: 'b' })],
  ['another mail', piece('complaint', 1, { messageId: 'a' }), piece('complaint', 1, { messageId: 'b' })],
  ['another text', piece('complaint', 1, { diagnostic: 'a' }), piece('complaint', 1, { diagnostic: 'b' })],
  ['another reported address', piece('complaint', 1, { reported: 'a' }), piece('complaint', 1, { reported: 'b' })],
])('the order of evidence is total: %s decides', (_name, less, more) => {
  expect(compareEvidence(less, more)).toBeLessThan(0);
  expect(compareEvidence(more, less)).toBeGreaterThan(0);
  expect(merged(less, more).evidence).toEqual([less, more]);
  expect(merged(more, piece('complaint', 0), less).evidence).toEqual([piece('complaint', 0), more]);
});

test('the time comes before the id, and the id before anything else', () => {
  expect(compareEvidence(piece('complaint', 1, { id: 'z' }), piece('complaint', 2, { id: 'a' }))).toBeLessThan(0);
  const [a, b] = [piece('complaint', 1, { id: 'a', rule: 'z' }), piece('complaint', 1, { id: 'b', rule: 'a' })];
  expect(compareEvidence(a, b)).toBeLessThan(0);
});

test('the newest six deliveries are kept, each once', () => {
  const all = [5, 3, 9, 3, 1, 7, 2, 8, 9].map((n) => delivered(START + n));
  const entry = joined(known(strike(0)), ...all);
  expect(entry.deliveries.map((d) => d.at - START)).toEqual([2, 3, 5, 7, 8, 9]);
});

test('two mails delivered at the same instant are two deliveries', () => {
  const entry = joined(known(strike(0)), delivered(START, 'b'), delivered(START, 'a'));
  expect(entry.deliveries.map((d) => d.messageId)).toEqual(['a', 'b']);
});

describe('the size of an entry as JSON', () => {
  const bytes = (entry: Entry): number => Buffer.byteLength(JSON.stringify(entry));
  const SES_ID = '0100019b7d4e9b51-0f9d7c3a-51d2-4c55-8a37-9e0b1f6a2c44-000000';
  const told = (reason: Evidence['reason'], at: number): Evidence => ({
    id: `${SES_ID}#pat@target.example`,
    at,
    rule: reason,
    reason,
    type: 'Bounce',
    subtype: 'Permanent/General',
    status: '5.1.1',
    messageId: SES_ID,
    diagnostic: 'd'.repeat(200),
  });

  test('is under 1 KB for a usual one: a hard bounce with a long diagnosis', () => {
    expect(bytes(known(told('hard-bounce', START)))).toBeLessThan(1024);
  });

  test('is bounded whatever the number of events and the length of what strangers wrote', () => {
    const worst = Array.from({ length: 4000 }, (_, i): Evidence => {
      const reason = REASONS[i % REASONS.length] ?? 'complaint';
      return {
        ...told(reason, START + i * DAY),
        id: 'i'.repeat(600),
        messageId: 'm'.repeat(256),
        reported: 'r'.repeat(320),
      };
    });
    const entry = joined(
      known(...worst),
      ...Array.from({ length: 100 }, (_, i) => delivered(START + i, 'm'.repeat(256))),
    );
    expect(entry.evidence).toHaveLength(12 + 2 * (REASONS.length - 1));
    expect(entry.deliveries).toHaveLength(6);
    expect(bytes(entry)).toBeLessThan(64 * 1024);
  });
});
