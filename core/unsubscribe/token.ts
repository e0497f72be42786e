import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Address, parseAddress } from '../address/address.ts';
import type { Instant } from '../instant.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { SigningKey, SigningKeys } from './signing-keys.ts';
import { isStream } from './stream.ts';

/** Whom a link unsubscribes, and from what. */
export interface Unsubscription {
  readonly address: Address;
  readonly stream: string;
}

/** Why a token is not believed. */
export type TokenCode = 'TokenMalformed' | 'TokenKeyUnknown' | 'TokenKeyExpired' | 'TokenForged';

/** A token taken apart; nothing of it is to be believed yet. */
export interface UnverifiedToken {
  readonly keyId: string;
  /** What was signed: all but the signature. */
  readonly signed: string;
  readonly payload: string;
  readonly signature: Buffer;
}

/** The longest token: a stream of 256 characters, an address key of 318, a key id of 16. */
export const TOKEN_CHARS = 832;

const FORM = /^v1\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]{1,768})\.([A-Za-z0-9_-]{43})$/;

const hmac = (signed: string, key: string): Buffer => createHmac('sha256', key).update(signed).digest();

/**
 * A token that says, signed, "this address may be unsubscribed from this stream by whoever holds this".
 *
 * @returns `v1.<key id>.<base64url of stream, line feed, address>.<base64url of the HMAC-SHA-256 of all before>`
 * @example signToken({ address, stream: 'newsletter' }, keys.current) // 'v1.first.bmV3c2xldHRlci…'
 */
export const signToken = ({ address, stream }: Unsubscription, { id, key }: SigningKey): string => {
  const signed = `v1.${id}.${Buffer.from(`${stream}\n${address}`).toString('base64url')}`;
  return `${signed}.${hmac(signed, key).toString('base64url')}`;
};

const malformed = (message: string): { readonly ok: false; readonly error: Problem<TokenCode> } =>
  fail({ code: 'TokenMalformed', message });

/** The bytes a base64url text stands for; undefined unless it is the one way to write them. */
const decode = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
};

/**
 * Takes a token apart, so that the key it names can be looked up.
 *
 * @returns the parts, or `TokenMalformed`; never throws
 */
export const readToken = (raw: unknown): Result<UnverifiedToken, Problem<TokenCode>> => {
  if (typeof raw !== 'string') return malformed('there is no token');
  if (raw.length > TOKEN_CHARS) return malformed(`a token has at most ${TOKEN_CHARS} characters, got ${raw.length}`);
  const [, keyId = '', encoded = '', mac = ''] = FORM.exec(raw) ?? [];
  const payload = decode(encoded);
  const signature = decode(mac);
  if (keyId === '' || payload === undefined || signature === undefined)
    return malformed('the text is no token; it may have been cut off');
  return ok({ keyId, signed: raw.slice(0, raw.lastIndexOf('.')), payload: payload.toString(), signature });
};

const readPayload = (payload: string): Unsubscription | undefined => {
  const end = payload.indexOf('\n');
  const stream = payload.slice(0, Math.max(end, 0));
  const address = parseAddress(payload.slice(end + 1));
  return isStream(stream) && address.ok && address.value === payload.slice(end + 1)
    ? { address: address.value, stream }
    : undefined;
};

/**
 * Whether a token is one that these keys signed and that is still good.
 *
 * @param now - milliseconds since the epoch, UTC
 * @returns whom it unsubscribes from what, or why it is not believed; never throws
 */
export const verifyToken = (
  { keyId, signed, payload, signature }: UnverifiedToken,
  { current, retired }: SigningKeys,
  now: Instant,
): Result<Unsubscription, Problem<TokenCode>> => {
  const old = retired.find(({ id }) => id === keyId);
  const key = current.id === keyId ? current : old;
  if (key === undefined) return fail({ code: 'TokenKeyUnknown', message: `no key ${keyId}, or it is long gone` });
  if (!timingSafeEqual(hmac(signed, key.key), signature))
    return fail({ code: 'TokenForged', message: `the signature is not that of key ${keyId}` });
  if (key === old && old.until <= now)
    return fail({ code: 'TokenKeyExpired', message: `the links of key ${keyId} are no longer good` });
  const said = readPayload(payload);
  return said === undefined ? malformed('the token names no stream and address') : ok(said);
};
