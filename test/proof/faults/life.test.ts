import { Life } from '../../../proof/faults/life.ts';

const STILL = Symbol('still waiting');
const soon = <T>(promise: Promise<T>): Promise<T | typeof STILL> =>
  Promise.race([promise, new Promise<typeof STILL>((resolve) => setImmediate(() => resolve(STILL)))]);

const lived = async (life: Life, requests: number) => {
  let made = 0;
  const answers: unknown[] = [];
  for (let i = 0; i < requests; i += 1)
    answers.push(
      await soon(
        life.request(async () => {
          made += 1;
          return 'answer';
        }),
      ),
    );
  return { made, answers };
};

test('a life without a death answers every request', async () => {
  expect(await lived(new Life(), 3)).toEqual({ made: 3, answers: ['answer', 'answer', 'answer'] });
});

test('who dies before a request does not make it, and nothing afterwards', async () => {
  const life = new Life({ request: 1, phase: 'before' });
  expect(await lived(life, 4)).toEqual({ made: 1, answers: ['answer', STILL, STILL, STILL] });
  await life.over;
  expect(life.isOver).toBe(true);
});

test('who dies after a request has made it and never hears of it', async () => {
  const life = new Life({ request: 1, phase: 'after' });
  expect(await lived(life, 4)).toEqual({ made: 2, answers: ['answer', STILL, STILL, STILL] });
  expect(life.isOver).toBe(true);
});

test('requests under way when it dies are never answered, not even with their error', async () => {
  const life = new Life({ request: 1, phase: 'before' });
  let fail: (fault: Error) => void = () => undefined;
  const underWay = life.request(
    () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
  );
  expect(await soon(life.request(async () => 'answer'))).toBe(STILL);
  fail(new Error('the socket was closed'));
  expect(await soon(underWay)).toBe(STILL);
});
