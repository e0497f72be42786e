import { createHmac } from 'node:crypto';
import type { Address } from './address.ts';

/**
 * What stands for an address in logs: the first 16 hex digits of its HMAC-SHA-256. Keyed, because a plain hash is
 * undone by guessing addresses.
 *
 * @example fingerprint('key')(address) // '1f0c6d0b8f3b5a77'
 */
export const fingerprint =
  (key: string) =>
  (address: Address): string =>
    createHmac('sha256', key).update(address).digest('hex').slice(0, 16);
