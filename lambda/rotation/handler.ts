import { CURRENT, PENDING, type SecretVersions } from '../../adapters/secret-versions.ts';
import type { Instant } from '../../core/instant.ts';
import type { Log } from '../../core/log.ts';
import { quote } from '../../core/text.ts';
import { readKeys, rotateKeys, type SigningKey, writeKeys } from '../../core/unsubscribe/signing-keys.ts';

/** What Secrets Manager hands to a rotation function, once for each of the four steps. */
export interface RotationEvent {
  readonly SecretId: string;
  /** The id of the new version. */
  readonly ClientRequestToken: string;
  readonly Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
}

/** All that a rotation touches. */
export interface RotationDeps {
  readonly versions: SecretVersions;
  /** A new random key with a new random id. */
  readonly freshKey: () => SigningKey;
  readonly now: () => Instant;
  readonly log: Log;
}

/** A step that cannot be done; Secrets Manager ends the rotation, and the keys in use stay. */
export class RotationFailed extends Error {
  override readonly name = 'RotationFailed';
}

const keysIn = (text: string) => {
  const keys = readKeys(text);
  if (!keys.ok) throw new RotationFailed(keys.error.message);
  return keys.value;
};

/**
 * Rotates the keys of unsubscribe links: a new one signs from now on, the old one verifies for three months more. Each step
 * may be repeated without harm.
 *
 * @throws RotationFailed, or what Secrets Manager answers
 * @see AWS Secrets Manager User Guide, "Lambda rotation functions": the four steps and what each must check
 */
export const makeHandler = ({ versions, freshKey, now, log }: RotationDeps) => {
  const create = async (secretId: string, versionId: string): Promise<void> => {
    if ((await versions.pending(secretId, versionId)) !== undefined) return;
    const rotated = rotateKeys(keysIn(await versions.current(secretId)), freshKey(), now());
    if (!rotated.ok) throw new RotationFailed(rotated.error.message);
    await versions.prepare(secretId, versionId, writeKeys(rotated.value));
  };
  const test = async (secretId: string, versionId: string): Promise<void> => {
    const pending = keysIn((await versions.pending(secretId, versionId)) ?? '');
    const { current } = keysIn(await versions.current(secretId));
    if (pending.retired.some(({ id, key }) => id === current.id && key === current.key)) return;
    // Somebody has put another text into use meanwhile. As long as this version is pending, no other rotation can start.
    await versions.abandon(secretId, versionId);
    throw new RotationFailed('the new version does not keep the key in use and was given up; start the rotation again');
  };

  return async ({ SecretId, ClientRequestToken, Step }: RotationEvent): Promise<void> => {
    const stages = await versions.stages(SecretId);
    const own = stages.get(ClientRequestToken);
    if (own === undefined) throw new RotationFailed(`the secret has no version ${quote(ClientRequestToken)}`);
    if (own.includes(CURRENT)) return;
    if (!own.includes(PENDING))
      throw new RotationFailed(`version ${quote(ClientRequestToken)} is not staged as ${PENDING}`);
    switch (Step) {
      case 'createSecret':
        return create(SecretId, ClientRequestToken);
      case 'setSecret':
        return; // Nothing but the secret itself holds the keys.
      case 'testSecret':
        return test(SecretId, ClientRequestToken);
      case 'finishSecret': {
        const inUse = [...stages].find(([, names]) => names.includes(CURRENT))?.[0];
        await versions.promote(SecretId, ClientRequestToken, inUse);
        log.info('keys rotated', { secret: SecretId });
        return;
      }
      default:
        throw new RotationFailed(`${quote(Step)} is no step of a rotation`);
    }
  };
};
