import type { SigningKey, SigningKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { readToken, type Unsubscription, verifyToken } from '../../../core/unsubscribe/token.ts';
import { addressOf } from '../../adapters/samples.ts';

export const NOW = Date.UTC(2027, 0, 15, 12);

/** A key of its own for each id. */
export const keyNamed = (id: string): SigningKey => ({ id, key: `${id}-`.padEnd(48, 'k') });

export const KEYS: SigningKeys = { current: keyNamed('first'), retired: [] };

export const PAT: Unsubscription = { address: addressOf('pat@target.example'), stream: 'newsletter' };

/** What a token says under these keys, or the code of why it is not believed. */
export const told = (token: unknown, keys: SigningKeys, now: number): Unsubscription | string => {
  const read = readToken(token);
  const verified = read.ok ? verifyToken(read.value, keys, now) : read;
  return verified.ok ? verified.value : verified.error.code;
};
