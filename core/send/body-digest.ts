import { createHash } from 'node:crypto';
import type { SendRequest } from './request.ts';

/** Fields that say nothing: a request without them is the same, also once more fields have defaults. */
const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === false ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** JSON whose objects have their fields in alphabetical order. */
const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * Stands for what a request asks for, whatever the order of its fields: the SHA-256 of it without its idempotency key,
 * defaults filled in, in base64url.
 *
 * @example bodyDigest(request) === bodyDigest({ ...request, idempotencyKey: 'another' }) // true
 */
export const bodyDigest = (request: SendRequest): string => {
  const said = Object.entries(request).filter(([name, value]) => name !== 'idempotencyKey' && !saysNothing(value));
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(said), sorted), 'utf8')
    .digest('base64url');
};
