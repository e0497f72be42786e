import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { HOUR, type Instant, SECOND } from '../core/instant.ts';
import { readKeys, type SigningKeys } from '../core/unsubscribe/signing-keys.ts';
import type { UnsubscribeKeys } from '../core/unsubscribe/unsubscribe-keys.ts';
import { lazy } from './lazy.ts';

/** What reading the keys takes. */
export interface UnsubscribeKeysOptions {
  /** ARN or name of the secret. */
  readonly secretId: string;
  /** @default - `secretsClient()`, loaded with the first read */
  readonly client?: SecretsManagerClient;
  /** Milliseconds since the epoch, UTC. @default Date.now */
  readonly now?: () => Instant;
}

/** The signing keys cannot be read. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly code = 'KeysUnavailable';
}

const FRESH_MS = HOUR;
/** Keys at hand go on to serve this long while the secret cannot be read: a key is good for months after its rotation. */
const STALE_MS = 24 * HOUR;
/** Between two reads for keys that are not known, or after one that failed. */
const PATIENCE_MS = 30 * SECOND;

/**
 * Keys in a secret of Secrets Manager, read when they are first needed and kept for an hour. A read that failed is not
 * kept: with no keys at hand, the next call reads again.
 *
 * @example const keys = unsubscribeKeys({ secretId: process.env.SUPPRESSOR_UNSUBSCRIBE_SECRET })
 */
export const unsubscribeKeys = ({ secretId, client, now = Date.now }: UnsubscribeKeysOptions): UnsubscribeKeys => {
  const sdk = lazy(async () => {
    const { readSecret, secretsClient } = await import('./secrets-client.ts');
    const own = client ?? secretsClient();
    return () => readSecret(own, secretId);
  });
  let held: { readonly keys: SigningKeys; readonly at: Instant } | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<SigningKeys> | undefined;

  const read = async (): Promise<SigningKeys> => {
    try {
      const text = await (await sdk())();
      const parsed = readKeys(text);
      if (!parsed.ok) throw new KeysUnavailable(parsed.error.message);
      held = { keys: parsed.value, at: now() };
      return parsed.value;
    } catch (cause) {
      failedAt = now();
      if (cause instanceof KeysUnavailable) throw cause;
      const why = cause instanceof Error ? cause.name : 'an unknown fault';
      throw new KeysUnavailable(`the keys of unsubscribe links could not be read: ${why}; try again`, { cause });
    }
  };
  /** One read for all who ask at the same time. */
  const readOnce = (): Promise<SigningKeys> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  const forSigning = async (): Promise<SigningKeys> => {
    const age = held === undefined ? Number.POSITIVE_INFINITY : now() - held.at;
    if (held !== undefined && age < FRESH_MS) return held.keys;
    if (held !== undefined && age < STALE_MS && now() - failedAt < PATIENCE_MS) return held.keys;
    try {
      return await readOnce();
    } catch (fault) {
      if (held !== undefined && age < STALE_MS) return held.keys;
      throw fault;
    }
  };

  const forVerifying = async (keyId: string): Promise<SigningKeys> => {
    const keys = await forSigning();
    if (keys.current.id === keyId || keys.retired.some(({ id }) => id === keyId)) return keys;
    if (now() - failedAt < PATIENCE_MS)
      throw new KeysUnavailable(`the secret could not be read, so nobody knows whether there is a key ${keyId}`);
    return held !== undefined && now() - held.at < PATIENCE_MS ? held.keys : readOnce();
  };

  return { forSigning, forVerifying };
};
