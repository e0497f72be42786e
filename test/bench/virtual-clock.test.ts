import { virtualClock } from '../../bench/virtual-clock.ts';

test('time passes only while everybody sleeps, and wakes them in order', async () => {
  const clock = virtualClock(1000);
  const woken: [string, number][] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push([name, clock.now()]);
  };
  const before = performance.now();
  await Promise.all([sleeper('late', 3_600_000), sleeper('early', 10), sleeper('same', 10)]);
  expect(performance.now() - before).toBeLessThan(30_000);
  expect(woken).toEqual([
    ['early', 1010],
    ['same', 1010],
    ['late', 3_601_000],
  ]);
});

test('work that takes a while in between takes no time', async () => {
  const clock = virtualClock(0);
  await clock.sleep(5);
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await clock.sleep(5);
  expect(clock.now()).toBe(10);
});

test('time can be skipped', async () => {
  const clock = virtualClock(0);
  clock.skip(5000);
  await clock.sleep(1);
  expect(clock.now()).toBe(5001);
});
