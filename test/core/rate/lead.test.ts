import { FIRST_LEAD_MS, LEAST_LEAD_MS, MOST_LEAD_MS, makeLead } from '../../../core/rate/lead.ts';

const after = (...took: readonly number[]): number => {
  const lead = makeLead();
  for (const millis of took) lead.took(millis);
  return lead.millis();
};
const times = (count: number, millis: number): number[] => Array.from({ length: count }, () => millis);

test('is generous before anything was made', () => {
  expect(after()).toBe(FIRST_LEAD_MS);
});

test('is half as much again as the worst takes, within bounds', () => {
  expect(after(40, 400, 100)).toBe(600);
  expect(after(-200)).toBe(LEAST_LEAD_MS);
  expect(after(1e6)).toBe(MOST_LEAD_MS);
});

test('remembers the worst for 20 mails at least, and for 40 at the most', () => {
  expect(after(1000, ...times(19, 10))).toBe(1500);
  expect(after(...times(19, 10), 1000, ...times(20, 10))).toBe(1500);
  expect(after(1000, ...times(39, 10), 10)).toBe(LEAST_LEAD_MS);
});
