import { secretVersions } from '../../../adapters/secret-versions.ts';
import { DAY } from '../../../core/instant.ts';
import { readKeys, type SigningKeys, writeKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { signToken } from '../../../core/unsubscribe/token.ts';
import { makeHandler, type RotationEvent, RotationFailed } from '../../../lambda/rotation/handler.ts';
import { fakeSecrets } from '../../adapters/unsubscribe-fake-secrets.ts';
import { KEYS, keyNamed, NOW, PAT, told } from '../../core/unsubscribe/samples.ts';
import { RecordedLog } from '../recorders.ts';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

const stage = (text = JSON.stringify(KEYS.current)) => {
  const secrets = fakeSecrets(text);
  const clock = { now: NOW };
  const log = new RecordedLog();
  let made = 0;
  const freshKey = () => {
    made += 1;
    return keyNamed(`fresh${made}`);
  };
  const handler = makeHandler({ versions: secretVersions(secrets.client), freshKey, now: () => clock.now, log });
  const step = (Step: RotationEvent['Step'], ClientRequestToken = 'v2') =>
    handler({ SecretId: 'arn:secret', ClientRequestToken, Step });
  const rotate = async (versionId: string, times = 1): Promise<void> => {
    secrets.stage(versionId);
    for (const each of STEPS) for (let i = 0; i < times; i += 1) await step(each, versionId);
  };
  const keys = (): SigningKeys => {
    const read = readKeys(secrets.current());
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  };
  return { secrets, clock, log, step, rotate, keys };
};

test('four steps put a new key into use and keep the old one for 90 days', async () => {
  const { rotate, keys } = stage();
  await rotate('v2');
  expect(keys()).toEqual({ current: keyNamed('fresh1'), retired: [{ ...KEYS.current, until: NOW + 90 * DAY }] });
});

test('each step may be repeated', async () => {
  const { rotate, keys } = stage();
  await rotate('v2', 3);
  expect(keys()).toEqual({ current: keyNamed('fresh1'), retired: [{ ...KEYS.current, until: NOW + 90 * DAY }] });
});

test('nothing is in use before the last step', async () => {
  const { secrets, step, keys } = stage();
  secrets.stage('v2');
  for (const each of STEPS.slice(0, 3)) await step(each);
  expect(keys()).toEqual(KEYS);
  expect(secrets.text('v2')).toContain('fresh1');
});

test('a rotation that is begun again after it was given up starts from the key in use', async () => {
  const { secrets, step, rotate, keys } = stage();
  secrets.stage('v2');
  await step('createSecret');
  await rotate('v3');
  expect(keys().retired.map(({ id }) => id)).toEqual(['first']);
  await expect(step('finishSecret', 'v2')).rejects.toThrow('not staged');
});

test('every link stays good for 60 days and more after its key was replaced, rotating each month', async () => {
  const { clock, rotate, keys } = stage();
  const links: { readonly token: string; replacedAt?: number }[] = [];
  for (let month = 0; month < 8; month += 1) {
    links.push({ token: signToken(PAT, keys().current) });
    clock.now += 30 * DAY;
    await rotate(`v${month + 2}`);
    const last = links.at(-1);
    if (last !== undefined) last.replacedAt = clock.now;
    for (const { token, replacedAt = clock.now } of links) {
      const good = clock.now < replacedAt + 90 * DAY;
      expect(typeof told(token, keys(), clock.now) !== 'string').toBe(good);
    }
  }
  expect(keys().retired).toHaveLength(3);
});

test.each(STEPS)('%s is refused for a version that is not there, or not being prepared', async (each) => {
  const { step, secrets } = stage();
  await expect(step(each, 'nobody')).rejects.toThrow(RotationFailed);
  secrets.stage('v2');
  secrets.stage('v3');
  await expect(step(each, 'v2')).rejects.toThrow('not staged as AWSPENDING');
});

test.each(STEPS)('%s does nothing for the version in use', async (each) => {
  const { step, keys } = stage();
  await step(each, 'v1');
  expect(keys()).toEqual(KEYS);
});

test('refuses to put a version into use that would forget the key in use', async () => {
  const { secrets, step, keys } = stage();
  secrets.stage('v2');
  await step('createSecret');
  secrets.put(writeKeys({ current: keyNamed('by-hand'), retired: [] }));
  await expect(step('testSecret')).rejects.toThrow('does not keep the key in use');
  expect(keys().current.id).toBe('by-hand');
});

test('gives such a version up, so that a rotation may be started again', async () => {
  const { secrets, step, rotate, keys } = stage();
  secrets.stage('v2');
  await step('createSecret');
  secrets.put(writeKeys({ current: keyNamed('by-hand'), retired: [] }));
  expect(secrets.isRotating()).toBe(true);
  await expect(step('testSecret')).rejects.toThrow('start the rotation again');
  expect(secrets.isRotating()).toBe(false);
  await rotate('v3');
  expect(keys().retired.map(({ id }) => id)).toEqual(['by-hand']);
});

test('refuses to test a version that was never made', async () => {
  const { secrets, step } = stage();
  secrets.stage('v2');
  await expect(step('testSecret')).rejects.toThrow(RotationFailed);
});

test('refuses to rotate a secret without keys, and quotes nothing of it', async () => {
  const { secrets, step, log } = stage('{"password":"hunter2"}');
  secrets.stage('v2');
  const fault = await step('createSecret').catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(RotationFailed);
  expect(String(fault) + log.text).not.toContain('hunter2');
  expect(secrets.text('v2')).toBeUndefined();
});

test('refuses a step nobody knows', async () => {
  const { secrets, step } = stage();
  secrets.stage('v2');
  await expect(step('dropSecret' as RotationEvent['Step'])).rejects.toThrow('"dropSecret" is no step');
});

test('passes on what Secrets Manager says, so that it tries again', async () => {
  const { secrets, step } = stage();
  secrets.stage('v2');
  secrets.fail(new Error('throttled'));
  for (const each of STEPS) await expect(step(each)).rejects.toThrow('throttled');
});

test('logs no key', async () => {
  const { rotate, log } = stage();
  await rotate('v2');
  expect(log.lines).toEqual([{ level: 'info', message: 'keys rotated', secret: 'arn:secret' }]);
});
