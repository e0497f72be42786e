import { Dice } from '../../../proof/faults/dice.ts';

const throws = (dice: Dice, subjects: readonly string[]): Record<string, number[]> => {
  const thrown: Record<string, number[]> = {};
  for (const subject of subjects) thrown[subject] = [...(thrown[subject] ?? []), dice.throw(subject)];
  return thrown;
};

test('the nth throw for a subject is the same, whatever is thrown in between', () => {
  const one = throws(new Dice(7), ['a', 'a', 'b', 'a', 'c', 'b']);
  const other = throws(new Dice(7), ['c', 'b', 'a', 'b', 'a', 'a']);
  expect(one).toEqual(other);
  expect(new Set(one.a).size).toBe(3);
});

test('another seed throws otherwise', () => {
  expect(throws(new Dice(7), ['a'])).not.toEqual(throws(new Dice(8), ['a']));
});

test('throws lie from 0 up to 1, spread over all of it, for one subject and for many', () => {
  const dice = new Dice(1);
  const thrown = Array.from({ length: 20_000 }, (_, i) => dice.throw(i % 2 === 0 ? 'the same' : `subject ${i}`));
  expect(Math.min(...thrown)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...thrown)).toBeLessThan(1);
  const tenths = Array.from({ length: 10 }, (_, tenth) => thrown.filter((t) => Math.floor(t * 10) === tenth).length);
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
});
