import { createHash } from 'node:crypto';

declare const keyHash: unique symbol;

/** The SHA-256 of an idempotency key in base64url, 43 characters: it names the record and travels as an SES tag. */
export type KeyHash = string & { readonly [keyHash]: true };

const FORM = /^[A-Za-z0-9_-]{43}$/;

/**
 * The hash of an idempotency key.
 *
 * @example hashKey('order-4711') // 'rYV…', 43 characters
 */
export const hashKey = (idempotencyKey: string): KeyHash =>
  createHash('sha256').update(idempotencyKey, 'utf8').digest('base64url') as KeyHash;

/** A tag's value as the hash it should be; undefined if it is none. */
export const readKeyHash = (tag: string): KeyHash | undefined => (FORM.test(tag) ? (tag as KeyHash) : undefined);
