import { answered } from '../../../proof/storm/answered.ts';

test('an answer is given on, and so is a fault', async () => {
  await expect(answered(Promise.resolve('yes'))).resolves.toBe('yes');
  await expect(answered(Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('a function that never answers ends the storm', async () => {
  await expect(answered(new Promise(() => undefined), 20)).rejects.toThrow(
    'a function has not answered in 0.02 seconds',
  );
});
