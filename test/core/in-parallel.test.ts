import { inParallel } from '../../core/in-parallel.ts';

test('does everything once, never more than the limit at a time', async () => {
  const done: number[] = [];
  let now = 0;
  let most = 0;
  await inParallel(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    done.push(item);
    now -= 1;
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('ends with the fault of the work', async () => {
  const work = async (item: number) => {
    if (item === 2) throw new Error('two');
  };
  await expect(inParallel(1, [1, 2, 3], work)).rejects.toThrow('two');
});
