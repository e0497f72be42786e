import fc from 'fast-check';
import { DECISION_RULES } from '../../../core/contract/index.ts';
import { ownRates } from '../../../core/rates/own-rates.ts';
import { pointMillis, windowStart } from '../../../core/rates/window.ts';

const counts = (of: Record<string, number>) => new Map(Object.entries(of));

test('counts as bounces what SES counts, of what was delivered or bounced', () => {
  const read = ownRates(
    counts({
      delivered: 93,
      'hard-bounce': 4,
      'dead-address': 2,
      'listed-global': 1,
      complaint: 5,
      'listed-account': 50,
      'soft-bounce': 50,
      'dead-domain': 50,
      'listed-complaint': 50,
      'auto-reply': 50,
    }),
    'deliveries',
  );
  expect(read).toEqual({ volume: 100, bounces: 7, complaints: 5, bounceRate: 0.07, complaintRate: 0.05 });
});

test('counts accepted mails where deliveries are not reported', () => {
  expect(ownRates(counts({ Send: 200, 'hard-bounce': 4, delivered: 0 }), 'sends')).toMatchObject({
    volume: 200,
    bounceRate: 0.02,
    complaintRate: 0,
  });
});

test('knows no rate where nothing tells how many mails there were, or there were none', () => {
  const unknown = { bounceRate: undefined, complaintRate: undefined };
  expect(ownRates(counts({ 'hard-bounce': 4 }), 'neither')).toMatchObject({
    ...unknown,
    volume: undefined,
    bounces: 4,
  });
  expect(ownRates(new Map(), 'deliveries')).toMatchObject({ ...unknown, volume: 0 });
});

test('a rate is never outside of 0 to 1, whatever was counted', () => {
  const rule = fc.constantFrom(...DECISION_RULES, 'Send');
  const wired = fc.constantFrom('deliveries' as const, 'sends' as const, 'neither' as const);
  fc.assert(
    fc.property(fc.array(fc.tuple(rule, fc.nat())), wired, (given, how) => {
      const { bounceRate = 0, complaintRate = 0 } = ownRates(new Map(given), how);
      for (const rate of [bounceRate, complaintRate]) {
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('a window begins on a full point, by as much as that earlier', () => {
  const now = Date.UTC(2026, 10, 20, 12, 3, 7);
  expect(windowStart(24, now)).toBe(Date.UTC(2026, 10, 19, 12, 0, 0));
  expect(windowStart(48, now)).toBe(Date.UTC(2026, 10, 18, 12, 0, 0));
  expect(pointMillis(windowStart(24, now), now)).toBe(300_000);
  expect(pointMillis(windowStart(25, now), now)).toBe(3_600_000);
});
