import { MemoryLetters, MemoryOutbox } from '../../../adapters/memory-letters.ts';
import { eachLetter } from '../../../core/redrive/each-letter.ts';
import { feedBack } from '../../../core/redrive/feed-back.ts';
import { LetterRefused } from '../../../core/redrive/letters.ts';

const NOW = 1_000_000;
const reach = { startedAt: NOW, now: () => NOW };
const code = (text: string) => ({ code: { type: 'String', text }, message: { type: 'String', text: 'x' } });

const filled = (count: number, text = 'QuotaExceeded') => {
  const letters = new MemoryLetters();
  for (let i = 0; i < count; i += 1) letters.add({ messageId: `m-${i}`, body: `{"n":${i}}`, attributes: code(text) });
  return letters;
};

const options = (letters: MemoryLetters, outbox: MemoryOutbox) =>
  ({ letters, outbox, box: 'sends', show: () => undefined, ...reach }) as const;

test('a look sees every letter once and leaves all of them', async () => {
  const letters = filled(37);
  const seen: string[] = [];
  const complete = await eachLetter(letters, reach, async ({ messageId }) => {
    seen.push(messageId);
    return false;
  });
  expect(complete).toBe(true);
  expect(new Set(seen).size).toBe(37);
  expect(seen).toHaveLength(37);
  expect(letters.visible).toHaveLength(37);
});

test('a look that is cut short, or fails, gives back what it took', async () => {
  const letters = filled(37);
  expect(await eachLetter(letters, { ...reach, most: 15 }, async () => false)).toBe(false);
  expect(letters.visible).toHaveLength(37);
  const failing = eachLetter(letters, reach, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(letters.visible).toHaveLength(37);
});

test('goes on after a look that brings only what it has seen, and ends if no other comes', async () => {
  const letters = filled(25);
  const take = letters.take.bind(letters);
  let [looks, seen] = [0, 0];
  const [again] = await take();
  letters.take = async () => {
    looks += 1;
    return again !== undefined && (looks === 2 || looks > 5) ? [again] : take();
  };
  if (again !== undefined) await letters.giveBack(again);
  const look = async () => {
    seen += 1;
    return false;
  };
  expect(await eachLetter(letters, reach, look)).toBe(true);
  expect([seen, looks < 20]).toEqual([16, true]);
});

test('moves all, and counts as it goes', async () => {
  const [letters, outbox, shown] = [filled(25), new MemoryOutbox(), [] as number[]];
  const done = await feedBack({ ...options(letters, outbox), show: (moved) => shown.push(moved) });
  expect(done).toEqual({ moved: 25, stayed: new Map() });
  expect(outbox.received).toHaveLength(25);
  expect(await letters.depth()).toBe(0);
  expect(shown.at(-1)).toBe(25);
});

test('moves one cause alone', async () => {
  const [letters, outbox] = [filled(3), new MemoryOutbox()];
  letters.add({ messageId: 'other', body: '{}', attributes: code('InvalidRequest') });
  expect(await feedBack({ ...options(letters, outbox), code: 'QuotaExceeded' })).toMatchObject({ moved: 3 });
  expect(letters.visible.map(({ messageId }) => messageId)).toEqual(['other']);
});

test('ends although what it moves fails again and comes back', async () => {
  const letters = filled(12);
  const outbox = new MemoryOutbox();
  const put = async (body: string) => letters.add({ body, sentAt: NOW + 1, attributes: code('QuotaExceeded') });
  const done = await feedBack({ ...options(letters, outbox), outbox: { mostReceives: 5, put } });
  expect(done.moved).toBe(12);
  expect(letters.visible).toHaveLength(12);
});

test('keeps a letter that the queue refuses, and goes on with the others', async () => {
  const letters = filled(3);
  const put = async (body: string) => {
    if (body.includes('"n":1,')) throw new LetterRefused('too long');
  };
  const done = await feedBack({ ...options(letters, new MemoryOutbox()), outbox: { mostReceives: 5, put } });
  expect(done).toEqual({ moved: 2, stayed: new Map([['is refused by the queue: too long', 1]]) });
  expect(letters.visible.map(({ messageId }) => messageId)).toEqual(['m-1']);
});

test('a letter is removed only after it was put where it belongs', async () => {
  const letters = filled(1);
  const put = () => Promise.reject(new Error('unreachable'));
  await expect(feedBack({ ...options(letters, new MemoryOutbox()), outbox: { mostReceives: 5, put } })).rejects.toThrow(
    'unreachable',
  );
  expect(letters.visible).toHaveLength(1);
});
