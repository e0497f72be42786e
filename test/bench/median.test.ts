import fc from 'fast-check';
import { median, pairOf, pairwise, spread } from '../../bench/median.ts';

const figures = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

test('the median of an even number of figures is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('quartiles of five figures are the second and the fourth', () => {
  expect(spread([50, 10, 40, 20, 30])).toEqual({ mid: 30, low: 20, high: 40 });
});

test('there is no median of no figures', () => {
  expect(median([])).toBeNaN();
});

test('a quarter of the figures at most lies beyond each quartile, whatever their order', () => {
  fc.assert(
    fc.property(figures, (all) => {
      const { mid, low, high } = spread(all);
      const most = Math.ceil((all.length - 1) / 4);
      expect(low <= mid && mid <= high).toBe(true);
      expect(all.filter((each) => each < low).length).toBeLessThanOrEqual(most);
      expect(all.filter((each) => each > high).length).toBeLessThanOrEqual(most);
      expect(spread([...all].reverse())).toEqual({ mid, low, high });
    }),
  );
});

test('a ratio is that of each round, not that of the medians', () => {
  const { value, floor, ratio, rounds } = pairOf([10, 200, 30], [10, 100, 10]);
  expect([value.mid, floor.mid, ratio.mid, rounds]).toEqual([30, 10, 2, 3]);
});

test('measures in turn, each value right after its floor', async () => {
  const order: string[] = [];
  const measured = (name: string) => () => order.push(name);
  await pairwise(2, measured('value'), measured('floor'));
  expect(order).toEqual(['floor', 'value', 'floor', 'value']);
});
