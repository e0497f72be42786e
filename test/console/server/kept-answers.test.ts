import { keptAnswers } from '../../../console/server/kept-answers.ts';

/** Questions whose answers a test gives, in the order in which they were asked. */
const questions = () => {
  const asked: { readonly key: string; readonly answer: (text: string) => void; readonly fail: () => void }[] = [];
  let now = 0;
  const answers = keptAnswers(
    10,
    () => now,
    (key: string) =>
      new Promise<string>((resolve, reject) => {
        asked.push({ key, answer: resolve, fail: () => reject(new Error('no')) });
      }),
  );
  return {
    answers,
    keys: () => asked.map(({ key }) => key),
    /** Answers the newest question. */
    answer: (text: string) => asked.at(-1)?.answer(text),
    fail: () => asked.at(-1)?.fail(),
    pass: (millis: number) => {
      now += millis;
    },
  };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('those who ask together ask once, each question for itself', async () => {
  const { answers, keys, answer } = questions();
  const [one, same] = [answers('a'), answers('a')];
  answer('A');
  expect([await one, await same]).toEqual(['A', 'A']);
  const other = answers('b');
  answer('B');
  expect(await other).toBe('B');
  expect(keys()).toEqual(['a', 'b']);
});

test('an answer is kept for a while from when it came, however long it took', async () => {
  const { answers, keys, answer, pass } = questions();
  const first = answers('a');
  pass(100);
  answer('A');
  await first;
  pass(9);
  expect(await answers('a')).toBe('A');
  expect(keys()).toEqual(['a']);
  pass(1);
  const second = answers('a');
  answer('newer');
  expect(await second).toBe('newer');
  expect(keys()).toEqual(['a', 'a']);
});

test('what failed is not kept, and those who waited are told', async () => {
  const { answers, fail, answer } = questions();
  const waiting = [answers('a'), answers('a')];
  fail();
  expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = answers('a');
  answer('A');
  expect(await again).toBe('A');
});

test('a fresh one is asked after what runs, never beside it, and shared by all who want it', async () => {
  const { answers, keys, answer } = questions();
  const running = answers('a');
  const fresh = [answers('a', true), answers('a', true)];
  await turn();
  expect(keys()).toEqual(['a']);
  answer('before the change');
  expect(await running).toBe('before the change');
  await turn();
  expect(keys()).toEqual(['a', 'a']);
  const meanwhile = answers('a');
  answer('after it');
  expect(await Promise.all([...fresh, meanwhile])).toEqual(['after it', 'after it', 'after it']);
  expect(await answers('a')).toBe('after it');
  expect(keys()).toHaveLength(2);
});

test('a fresh one comes although what ran before it failed, and what was kept does not stand in for one that fails', async () => {
  const { answers, keys, answer, fail } = questions();
  const running = answers('a');
  const fresh = answers('a', true);
  fail();
  await expect(running).rejects.toThrow('no');
  await turn();
  answer('A');
  expect(await fresh).toBe('A');
  const failing = answers('a', true);
  fail();
  await expect(failing).rejects.toThrow('no');
  const last = answers('a');
  answer('B');
  expect(await last).toBe('B');
  expect(keys()).toHaveLength(4);
});
