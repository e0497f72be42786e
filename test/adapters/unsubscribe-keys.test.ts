import { KeysUnavailable, unsubscribeKeys } from '../../adapters/unsubscribe-keys.ts';
import { DAY, HOUR, SECOND } from '../../core/instant.ts';
import { rotateKeys, writeKeys } from '../../core/unsubscribe/signing-keys.ts';
import { KEYS, keyNamed, NOW } from '../core/unsubscribe/samples.ts';
import { fakeSecrets } from './unsubscribe-fake-secrets.ts';

const stage = (text = writeKeys(KEYS)) => {
  const secrets = fakeSecrets(text);
  const clock = { now: NOW };
  const keys = unsubscribeKeys({ secretId: 'arn:secret', client: secrets.client, now: () => clock.now });
  return { secrets, clock, keys };
};
const ROTATED = (() => {
  const rotated = rotateKeys(KEYS, keyNamed('second'), NOW);
  if (!rotated.ok) throw new Error(rotated.error.message);
  return rotated.value;
})();

test('reads nothing before it is asked, and then once for all who ask within an hour', async () => {
  const { secrets, clock, keys } = stage();
  expect(secrets.reads()).toBe(0);
  expect(await Promise.all([keys.forSigning(), keys.forSigning(), keys.forVerifying('first')])).toEqual([
    KEYS,
    KEYS,
    KEYS,
  ]);
  clock.now += HOUR - 1;
  await keys.forSigning();
  expect(secrets.reads()).toBe(1);
  clock.now += 1;
  await keys.forSigning();
  expect(secrets.reads()).toBe(2);
});

test('signs with the new key within an hour of a rotation', async () => {
  const { secrets, clock, keys } = stage();
  await keys.forSigning();
  secrets.put(writeKeys(ROTATED));
  clock.now += HOUR;
  expect((await keys.forSigning()).current.id).toBe('second');
});

test('finds a key that was made a moment ago', async () => {
  const { secrets, clock, keys } = stage();
  await keys.forVerifying('first');
  secrets.put(writeKeys(ROTATED));
  clock.now += 30 * SECOND;
  expect(await keys.forVerifying('second')).toEqual(ROTATED);
});

test('lets strangers with made-up key ids cause one read in half a minute', async () => {
  const { secrets, clock, keys } = stage();
  for (let second = 0; second < 120; second += 1) {
    expect(await keys.forVerifying(`id${second}`)).toEqual(KEYS);
    clock.now += SECOND;
  }
  expect(secrets.reads()).toBe(4);
});

test('keeps no failure: the next call reads again', async () => {
  const { secrets, keys } = stage();
  secrets.fail(new Error('throttled, AKIA…'));
  await expect(keys.forSigning()).rejects.toThrow(KeysUnavailable);
  await expect(keys.forVerifying('first')).rejects.toThrow('could not be read');
  secrets.fail(undefined);
  expect(await keys.forSigning()).toEqual(KEYS);
});

test('goes on with the keys it has for a day while the secret cannot be read, and asks at most every half minute', async () => {
  const { secrets, clock, keys } = stage();
  await keys.forSigning();
  secrets.fail(new Error('throttled'));
  clock.now += HOUR;
  for (let second = 0; second < 60; second += 1) {
    expect(await keys.forSigning()).toEqual(KEYS);
    clock.now += SECOND;
  }
  expect(secrets.reads()).toBe(3);
  clock.now += DAY;
  await expect(keys.forSigning()).rejects.toThrow(KeysUnavailable);
});

test('does not call a key unknown while the secret cannot be read', async () => {
  const { secrets, clock, keys } = stage();
  await keys.forVerifying('first');
  clock.now += 30 * SECOND;
  secrets.fail(new Error('throttled'));
  await expect(keys.forVerifying('second')).rejects.toThrow(KeysUnavailable);
  await expect(keys.forVerifying('second')).rejects.toThrow(KeysUnavailable);
  expect(secrets.reads()).toBe(2);
  expect(await keys.forVerifying('first')).toEqual(KEYS);
});

test('takes a secret without keys for one that cannot be read, and quotes nothing of it', async () => {
  const { keys } = stage('{"password":"hunter2"}');
  const fault = await keys.forSigning().catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(KeysUnavailable);
  expect(String(fault)).not.toContain('hunter2');
});
