import { itemBytes } from '../../../bench/growth/item-bytes.ts';
import { cpuMs, sweep, timedCurve } from '../../../bench/growth/sweep.ts';

const ABOUT = { name: 'curve', title: 'A curve', law: 'flat', x: 'size', y: 'ms' } as const;

test('measures every size in each round, its floor first, and forgets the first round', async () => {
  const order: string[] = [];
  const samples = await sweep(
    [1, 10],
    2,
    (x) => order.push(`value ${x}`),
    (x) => order.push(`floor ${x}`),
  );
  expect(order.slice(0, 4)).toEqual(['floor 1', 'value 1', 'floor 10', 'value 10']);
  expect(order).toHaveLength(12);
  expect(samples.map(({ x, pair }) => [x, pair.rounds, pair.value.low])).toEqual([
    [1, 2, 7],
    [10, 2, 9],
  ]);
});

test('a timed curve has the medians of both lines, and the ratio at its value', async () => {
  const samples = await sweep(
    [1, 10],
    3,
    (x) => 2 * x,
    (x) => x,
  );
  expect(timedCurve(ABOUT, { value: 'ours', floor: 'bare' }, samples).lines).toEqual([
    {
      name: 'ours',
      kind: 'measured',
      points: [
        { x: 1, y: 2, low: 2, high: 2, ratio: 2 },
        { x: 10, y: 20, low: 20, high: 20, ratio: 2 },
      ],
    },
    {
      name: 'bare',
      kind: 'floor',
      points: [
        { x: 1, y: 1, low: 1, high: 1 },
        { x: 10, y: 10, low: 10, high: 10 },
      ],
    },
  ]);
});

test('processor time is that of one call, and a wait takes next to none', async () => {
  let [calls, sum] = [0, 0];
  const busy = await cpuMs(() => {
    calls += 1;
    for (let i = 0; i < 1000; i += 1) sum += Math.sqrt(i);
  });
  const idle = await cpuMs(() => new Promise((resolve) => setTimeout(resolve, 20)), 4);
  expect(calls).toBeGreaterThan(1);
  expect(sum).toBeGreaterThan(0);
  expect(busy).toBeGreaterThan(0);
  expect(idle).toBeLessThan(10);
});

test.each([
  [{ a: { S: 'xx' } }, 3],
  [{ a: { S: 'é' } }, 3],
  [{ until: { N: '1767323050' } }, 11],
  [{ l: { L: [{ S: 'ab' }, { S: 'c' }] } }, 9],
  [{ l: { L: [{ M: { q: { S: 'é' } } }, { BOOL: true }] } }, 14],
])('an item has its bytes as DynamoDB counts them: %j', (item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});
