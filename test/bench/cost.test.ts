import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { bill, total, type Usage } from '../../bench/cost/model.ts';
import { PRICES } from '../../bench/cost/prices.ts';
import { DEFAULT_USAGE, WAYS } from '../../bench/cost/usage.ts';
import { suppressorTemplate } from '../lib/harness.ts';
import { alarmsOf, metricsOfAlarm } from '../lib/metrics-harness.ts';

const page = readFileSync(`${__dirname}/../../docs/costs.md`, 'utf8');
const money = (amount: number): string => `$${amount.toFixed(2)}`;
const share = fc.double({ min: 0, max: 1, noNaN: true });
const usages = fc
  .record({ mails: fc.nat(1_000_000_000), queued: share, keyed: share, inStream: share, deliveries: fc.boolean() })
  .map((some): Usage => ({ ...DEFAULT_USAGE, ...some }));

test('the page shows what the model says of each way to use it', () => {
  for (const { name, usage } of WAYS) {
    const costs = bill({ ...DEFAULT_USAGE, ...usage });
    const cells = [name, money(total(costs, 'sending')), money(total(costs, 'feedback'))];
    expect(page).toContain(`| ${cells.join(' | ')} |`);
  }
});

test('the page shows what stands however little is sent', () => {
  for (const { what, dollars } of bill(DEFAULT_USAGE).filter(({ part }) => part === 'standing'))
    expect(page).toContain(`| ${what} | ${money(dollars)} |`);
});

test('the page shows every price with its unit and source', () => {
  for (const { dollars, unit, source } of Object.values(PRICES))
    expect(page).toContain(
      `| ${unit} | $${dollars < 0.001 ? `${+(dollars * 1_000_000).toFixed(6)} per million` : dollars} | ${source} |`,
    );
});

test('what is sent costs in proportion, what stands does not', () => {
  fc.assert(
    fc.property(usages, (usage) => {
      const once = bill(usage);
      const twice = bill({ ...usage, mails: usage.mails * 2 });
      for (const part of ['ses', 'sending', 'feedback', 'list'] as const)
        expect(total(twice, part)).toBeCloseTo(2 * total(once, part), 4);
      expect(total(twice, 'standing')).toBe(total(once, 'standing'));
    }),
  );
});

test('nothing is cheaper for doing more', () => {
  fc.assert(
    fc.property(usages, (usage) => {
      const sum = total(bill(usage));
      expect(total(bill({ ...usage, keyed: 1 }))).toBeGreaterThanOrEqual(sum - 1e-6);
      expect(total(bill({ ...usage, inStream: 1 }))).toBeGreaterThanOrEqual(sum - 1e-6);
      expect(total(bill({ ...usage, alarms: usage.alarms + 1 }))).toBeCloseTo(sum + 0.1, 6);
    }),
  );
});

test('every cost is its units times its price', () => {
  for (const { units, price, dollars } of bill(DEFAULT_USAGE)) expect(dollars).toBeCloseTo(units * price.dollars, 9);
});

test.each([
  [{ queued: 1.5 }, 'queued is a share of 0 to 1, got: 1.5'],
  [{ keyed: Number.NaN }, 'keyed is a share of 0 to 1, got: NaN'],
  [{ mails: -1 }, 'mails is a number from 0, got: -1'],
])('refuses %j', (wrong, message) => {
  expect(() => bill({ ...DEFAULT_USAGE, ...wrong })).toThrow(message);
});

test('the usual stack has the alarms and keys that are reckoned with', () => {
  const template = suppressorTemplate();
  expect(Object.values(alarmsOf(template)).flatMap(metricsOfAlarm)).toHaveLength(DEFAULT_USAGE.alarms);
  template.resourceCountIs('AWS::KMS::Key', DEFAULT_USAGE.keys);
  template.resourceCountIs('AWS::CloudWatch::Dashboard', DEFAULT_USAGE.dashboard ? 1 : 0);
});
