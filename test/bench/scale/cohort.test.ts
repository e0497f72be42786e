import fc from 'fast-check';
import { Line } from '../../../bench/scale/cohort.ts';
import { spread } from '../../../bench/scale/spread.ts';
import { seededRandom } from '../../../local/seeded-random.ts';

const cohort = fc.record({
  arrivedAt: fc.nat(100),
  receives: fc.integer({ min: 1, max: 9 }),
  count: fc.nat(20),
});

test('takes what was put in, from the front, and keeps the rest', () => {
  fc.assert(
    fc.property(fc.array(cohort), fc.array(fc.nat(60)), (cohorts, takes) => {
      const line = new Line();
      const singles: number[] = [];
      for (const each of cohorts) {
        line.push(each);
        singles.push(...Array<number>(each.count).fill(each.arrivedAt));
      }
      for (const count of takes) {
        const taken = line.take(count);
        const expected = singles.splice(0, count);
        expect(taken.flatMap((each) => Array<number>(each.count).fill(each.arrivedAt))).toEqual(expected);
        expect(line.count).toBe(singles.length);
        expect(line.frontArrivedAt).toBe(singles[0]);
      }
    }),
  );
});

test.each([0, 7, 199, 200, 12_345])('spreads %d by shares, and none is lost', (count) => {
  const random = seededRandom(1);
  const shares = [0.5, 0.3, 0.2];
  const sums = [0, 0, 0];
  for (let i = 0; i < 300; i += 1) {
    const places = spread(count, shares, random);
    expect(places.reduce((sum, each) => sum + each, 0)).toBe(count);
    for (const [at, each] of places.entries()) sums[at] = (sums[at] ?? 0) + each;
  }
  for (const [at, share] of shares.entries())
    expect(Math.abs((sums[at] ?? 0) - 300 * count * share)).toBeLessThanOrEqual(4 * Math.sqrt(300 * count));
});
