import { MemoryLimiter } from '../../adapters/memory-limiter.ts';
import { describeLimiterStore } from './limiter-contract.ts';

describeLimiterStore('memory', async () => {
  const store = new MemoryLimiter();
  return [store, store];
});

test('begins with the state it is given, which stays as it was', async () => {
  const given = { rate: 14, next: 5 };
  const store = new MemoryLimiter(given);
  await store.claim({ recipients: 1, span: 3, from: { add: [0, 10] } });
  expect(await store.read()).toMatchObject({ rate: 14, next: 8 });
  expect(given).toEqual({ rate: 14, next: 5 });
});
