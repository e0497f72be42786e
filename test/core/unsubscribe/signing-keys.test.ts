import { DAY } from '../../../core/instant.ts';
import {
  RETIRED_DAYS,
  readKeys,
  rotateKeys,
  type SigningKeys,
  writeKeys,
} from '../../../core/unsubscribe/signing-keys.ts';
import { signToken } from '../../../core/unsubscribe/token.ts';
import { KEYS, keyNamed, NOW, PAT, told } from './samples.ts';

const rotated = (keys: SigningKeys, id: string, now: number): SigningKeys => {
  const result = rotateKeys(keys, keyNamed(id), now);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

test('reads the first text of the secret, which has no retired keys', () => {
  expect(readKeys(JSON.stringify({ id: 'first', key: KEYS.current.key }))).toEqual({ ok: true, value: KEYS });
});

test('reads back what it wrote', () => {
  const keys = rotated(rotated(KEYS, 'second', NOW), 'third', NOW + 1);
  expect(readKeys(writeKeys(keys))).toEqual({ ok: true, value: keys });
});

test('writes the end of a retired key as a time that people can read', () => {
  expect(JSON.parse(writeKeys(rotated(KEYS, 'second', NOW)))).toMatchObject({
    id: 'second',
    retired: [{ id: 'first', until: '2027-04-15T12:00:00.000Z' }],
  });
});

test.each([
  '',
  'null',
  '"text"',
  '[]',
  '{}',
  JSON.stringify({ id: 'first' }),
  JSON.stringify({ id: 'first', key: 'hunter2-too-short' }),
  JSON.stringify({ id: 'an id.with a dot', key: KEYS.current.key }),
  JSON.stringify({ id: 'x', key: KEYS.current.key, retired: [{ id: 'y', key: KEYS.current.key }] }),
  JSON.stringify({ id: 'x', key: KEYS.current.key, retired: [{ id: 'y', key: KEYS.current.key, until: 'soon' }] }),
])('reads no keys in %p, and quotes nothing of it', (text) => {
  const read = readKeys(text);
  expect(read).toMatchObject({ ok: false, error: { code: 'KeysUnreadable' } });
  expect(JSON.stringify(read)).not.toMatch(/hunter2|kkkk/);
});

test('signs with the new key, and believes the old for more than 60 days, until its time is over', () => {
  const old = signToken(PAT, KEYS.current);
  const keys = rotated(KEYS, 'second', NOW);
  expect(keys.current.id).toBe('second');
  expect(told(signToken(PAT, keys.current), keys, NOW)).toEqual(PAT);
  expect(told(old, keys, NOW + 61 * DAY)).toEqual(PAT);
  expect(told(old, keys, NOW + RETIRED_DAYS * DAY - 1)).toEqual(PAT);
  expect(told(old, keys, NOW + RETIRED_DAYS * DAY)).toBe('TokenKeyExpired');
});

test('keeps the end of a key through later rotations, and drops it when it is over', () => {
  const old = signToken(PAT, KEYS.current);
  let keys = rotated(KEYS, 'r30', NOW);
  for (const days of [30, 60]) {
    keys = rotated(keys, `r${days + 30}`, NOW + days * DAY);
    expect(told(old, keys, NOW + days * DAY)).toEqual(PAT);
  }
  keys = rotated(keys, 'r120', NOW + 90 * DAY);
  expect(told(old, keys, NOW + 90 * DAY)).toBe('TokenKeyUnknown');
  expect(keys.retired.map(({ id }) => id)).toEqual(['r90', 'r60', 'r30']);
});

test('rotates daily for a year without reaching its bound', () => {
  let keys = KEYS;
  for (let day = 1; day <= 365; day += 1) keys = rotated(keys, `day${day}`, NOW + day * DAY);
  expect(keys.retired).toHaveLength(RETIRED_DAYS);
});

test('refuses to rotate rather than forget a key that is needed', () => {
  let keys = KEYS;
  for (let i = 1; i <= 100; i += 1) keys = rotated(keys, `k${i}`, NOW + i);
  expect(rotateKeys(keys, keyNamed('k101'), NOW + 101)).toMatchObject({
    ok: false,
    error: { code: 'TooManyKeys', message: expect.stringMatching(/^101 replaced keys .* at most 100 may/) },
  });
  expect(readKeys(writeKeys(keys))).toEqual({ ok: true, value: keys });
});

test('refuses an id that another key has', () => {
  const several = rotated(rotated(KEYS, 'second', NOW), 'third', NOW);
  for (const id of ['first', 'second', 'third'])
    expect(rotateKeys(several, keyNamed(id), NOW)).toEqual({
      ok: false,
      error: { code: 'KeyIdTaken', message: `a key ${id} is there already; rotate again` },
    });
});
