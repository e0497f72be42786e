import { seededRandom } from '../../local/seeded-random.ts';

const draw = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 1000 }, random);
};

test('a seed gives the same numbers each time, from 0 up to 1 and spread over all of it', () => {
  const numbers = draw(1);
  expect(numbers).toEqual(draw(1));
  expect(numbers).not.toEqual(draw(2));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(new Set(numbers.map((number) => Math.floor(number * 10))).size).toBe(10);
});
