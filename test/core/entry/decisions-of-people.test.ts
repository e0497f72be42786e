import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { BLOCKING_REASONS, type BlockingReason, type Entry } from '../../../core/entry/entry.ts';
import { merge } from '../../../core/entry/merge.ts';
import { DAY } from '../../../core/instant.ts';
import { anyEntry, decided, delivered, entryOf, evidence, joined, known, piece, START, strike } from '../entries.ts';

const LATER = START + 10 * DAY;
const statusOf = (...entries: readonly Entry[]) => derive(joined(...entries), DEFAULT_POLICY).status;
const reasonOf = (...entries: readonly Entry[]) => derive(joined(...entries), DEFAULT_POLICY).reason;
const FED_BACK = BLOCKING_REASONS.filter((reason) => reason !== 'manual' && reason !== 'soft-bounce');
const blocked = (reason: BlockingReason, at: number): Entry => known(piece(reason, at));

describe('a removal', () => {
  test.each(FED_BACK)('voids %s that is not newer, and no newer one', (reason) => {
    expect(statusOf(blocked(reason, LATER - 1), decided('remove', LATER))).toBe('watched');
    expect(statusOf(blocked(reason, LATER), decided('remove', LATER))).toBe('watched');
    expect(statusOf(blocked(reason, LATER + 1), decided('remove', LATER))).toBe('suppressed');
  });

  test('dates a block from its first piece that is not void', () => {
    const entry = joined(blocked('complaint', START), blocked('complaint', LATER + 5), decided('remove', LATER));
    expect(derive(entry, DEFAULT_POLICY).since).toBe(LATER + 5);
  });

  test('ends a manual block and a pin that are older', () => {
    expect(statusOf(decided('add', START), decided('remove', LATER))).toBe('watched');
    expect(statusOf(decided('allow', START), decided('remove', LATER))).toBe('watched');
    expect(statusOf(decided('add', LATER), decided('remove', START))).toBe('suppressed');
  });

  test('of long ago still stands when a late event tells of something older', () => {
    fc.assert(
      fc.property(anyEntry, evidence(), (entry, late) => {
        const removedAt = Math.max(START, late.at);
        const before = joined(entry, decided('remove', removedAt));
        // A late bounce of a mail makes its delivery count no more, as section 5 wants; that is another question.
        fc.pre(late.messageId === undefined || !before.deliveries.some((d) => d.messageId === late.messageId));
        const { since: _a, expiresAt: _b, ...told } = derive(before, DEFAULT_POLICY);
        const {
          since: _c,
          expiresAt: _d,
          ...now
        } = derive(merge(before, entryOf({ evidence: [late] })), DEFAULT_POLICY);
        expect(now).toEqual(told);
      }),
      { numRuns: 1500 },
    );
  });

  test('of everything leaves nothing in force, whatever came before and in whatever order', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const newest = Math.max(START, entry.operator?.at ?? 0, ...entry.evidence.map((e) => e.at));
        expect(statusOf(decided('remove', newest + 1), entry)).toBe('watched');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a pin (allow)', () => {
  test.each(FED_BACK)('outranks %s that is older', (reason) => {
    expect(statusOf(blocked(reason, START), decided('allow', LATER))).toBe('allowed');
    expect(statusOf(blocked(reason, LATER), decided('allow', LATER))).toBe('allowed');
  });

  test.each(FED_BACK)('outranks a newer %s, unless it is a complaint or an unsubscribe', (reason) => {
    const broken = reason === 'complaint' || reason === 'unsubscribe';
    expect(statusOf(blocked(reason, LATER + 1), decided('allow', LATER))).toBe(broken ? 'suppressed' : 'allowed');
  });

  test('outranks soft bounces, newer ones too', () => {
    expect(statusOf(known(strike(11), strike(12), strike(13)), decided('allow', LATER))).toBe('allowed');
  });

  test('has no end and says since when', () => {
    expect(derive(decided('allow', LATER), DEFAULT_POLICY)).toEqual({
      status: 'allowed',
      reason: 'manual',
      since: LATER,
    });
  });

  test('holds again once the complaint that broke it is taken back', () => {
    const broken = [decided('allow', START), blocked('complaint', LATER)];
    expect(reasonOf(...broken)).toBe('complaint');
    expect(statusOf(...broken, known(piece('not-spam', LATER + 1)))).toBe('allowed');
  });

  test('gives way to a newer manual block, and what it outranked is told again', () => {
    const entry = [blocked('hard-bounce', START), decided('allow', START + 1)];
    expect(statusOf(...entry)).toBe('allowed');
    expect(reasonOf(...entry, decided('add', LATER))).toBe('hard-bounce');
  });

  test('stands whatever older event is learnt late', () => {
    fc.assert(
      fc.property(anyEntry, evidence(), (entry, late) => {
        const newest = Math.max(START, late.at, entry.operator?.at ?? 0, ...entry.evidence.map((e) => e.at));
        expect(statusOf(entry, decided('allow', newest + 1), entryOf({ evidence: [late] }))).toBe('allowed');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a manual block (add)', () => {
  test('outlives a delivery and an older removal, and has no end', () => {
    const entry = joined(decided('add', LATER), delivered(LATER + DAY), decided('remove', START));
    expect(derive(entry, DEFAULT_POLICY)).toEqual({ status: 'suppressed', reason: 'manual', since: LATER });
  });

  test('ends an older pin', () => {
    expect(statusOf(decided('allow', START), decided('add', LATER))).toBe('suppressed');
  });
});

test.each([
  ['the later one', decided('remove', START), decided('allow', START + 1)],
  ['at one time allow over remove', decided('remove', START, 'z', 'z'), decided('allow', START, 'a', 'a')],
  ['at one time add over allow', decided('allow', START, 'z', 'z'), decided('add', START, 'a', 'a')],
  ['at one time and action the greater name', decided('add', START, 'ann', 'z'), decided('add', START, 'bob', 'a')],
  [
    'at one time, action and name the greater note',
    decided('add', START, 'ann', 'a'),
    decided('add', START, 'ann', 'b'),
  ],
])('of two decisions %s wins, in any order', (_name, less, more) => {
  expect(joined(less, more).operator).toEqual(more.operator);
  expect(joined(more, less).operator).toEqual(more.operator);
});

describe('a lift', () => {
  test.each<[BlockingReason, 'not-spam' | 'opted-in']>([
    ['complaint', 'not-spam'],
    ['unsubscribe', 'opted-in'],
  ])('ends an older %s by %s, not one of the same time or newer', (reason, lift) => {
    expect(statusOf(blocked(reason, START), known(piece(lift, LATER)))).toBe('watched');
    expect(statusOf(blocked(reason, LATER), known(piece(lift, LATER)))).toBe('suppressed');
    expect(statusOf(blocked(reason, LATER + 1), known(piece(lift, LATER)))).toBe('suppressed');
    expect(statusOf(blocked(reason, START), blocked(reason, LATER + 1), known(piece(lift, LATER)))).toBe('suppressed');
  });

  test.each(FED_BACK)('leaves %s alone unless it is its own', (reason) => {
    const lifted = (lift: 'not-spam' | 'opted-in') => statusOf(blocked(reason, START), known(piece(lift, LATER)));
    expect(lifted('not-spam')).toBe(reason === 'complaint' ? 'watched' : 'suppressed');
    expect(lifted('opted-in')).toBe(reason === 'unsubscribe' ? 'watched' : 'suppressed');
  });

  test('leaves a manual block and soft holds alone', () => {
    const lifts = known(piece('not-spam', LATER), piece('opted-in', LATER));
    expect(reasonOf(decided('add', START), lifts)).toBe('manual');
    expect(reasonOf(known(strike(0), strike(1), strike(2)), lifts)).toBe('soft-bounce');
  });

  test('dates the block from the first complaint that was not taken back', () => {
    const entry = joined(blocked('complaint', START), known(piece('not-spam', LATER)), blocked('complaint', LATER + 1));
    expect(derive(entry, DEFAULT_POLICY).since).toBe(LATER + 1);
  });
});
