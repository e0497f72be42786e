import { setImmediate as turn } from 'node:timers/promises';
import { early, lazy } from '../../adapters/lazy.ts';

const counting = (faults = 0) => {
  let calls = 0;
  const load = async () => {
    calls += 1;
    if (calls <= faults) throw new Error(`fault ${calls}`);
    return { calls };
  };
  return { load, calls: () => calls };
};

test('makes a thing when it is first asked for, once, also for those who ask at the same time', async () => {
  const { load, calls } = counting();
  const get = lazy(load);
  expect(calls()).toBe(0);
  const [a, b] = await Promise.all([get(), get()]);
  expect(a).toBe(b);
  expect(await get()).toBe(a);
  expect(calls()).toBe(1);
});

test('tries again after a failure', async () => {
  const get = lazy(counting(1).load);
  await expect(get()).rejects.toThrow('fault 1');
  expect(await get()).toEqual({ calls: 2 });
});

test('begins by itself, after the module that asks', async () => {
  const { load, calls } = counting();
  const get = early(load);
  expect(calls()).toBe(0);
  await turn();
  expect(calls()).toBe(1);
  expect(await get()).toEqual({ calls: 1 });
});

test('keeps quiet about a failure until somebody asks, and then tries again', async () => {
  const get = early(counting(1).load);
  await turn();
  expect(await get()).toEqual({ calls: 2 });
});
