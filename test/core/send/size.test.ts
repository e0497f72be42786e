import { requestTooLarge, SIZE_LIMITS, tooLarge } from '../../../core/send/size.ts';

test.each([
  ['invoke', 6_291_456],
  ['queue', 1_046_528],
  ['ses', 10_485_760],
] as const)('takes what %s takes and no byte more, naming path, size and limit', (path, limit) => {
  expect(SIZE_LIMITS[path]).toBe(limit);
  expect(tooLarge(path, limit, 'the message')).toBeUndefined();
  expect(tooLarge(path, limit + 1, 'the message')).toMatchObject({
    code: 'TooLarge',
    retryable: false,
    message: `${path}: the message has ${limit + 1} bytes, at most ${limit} are taken`,
  });
});

test('measures a request as text exactly, and a parsed one by its texts', () => {
  const limit = SIZE_LIMITS.queue;
  expect(requestTooLarge('queue', 'é'.repeat(limit / 2))).toBeUndefined();
  expect(requestTooLarge('queue', { a: ['é'.repeat(limit / 2)], b: { c: 1, d: null } })).toBeUndefined();
  for (const request of [`${'é'.repeat(limit / 2)}!`, { a: ['é'.repeat(limit / 2)], b: { c: '!' } }])
    expect(requestTooLarge('queue', request)?.message).toBe(
      'queue: the request has 1046529 bytes, at most 1046528 are taken',
    );
  expect(requestTooLarge('queue', undefined)).toBeUndefined();
});

test('measures a value of any depth', () => {
  let deep: unknown = 'x'.repeat(SIZE_LIMITS.queue + 1);
  for (let i = 0; i < 200_000; i += 1) deep = [deep];
  expect(requestTooLarge('queue', deep)?.code).toBe('TooLarge');
});
