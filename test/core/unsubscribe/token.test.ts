import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { parseAddress } from '../../../core/address/address.ts';
import { DAY } from '../../../core/instant.ts';
import { isStream } from '../../../core/unsubscribe/stream.ts';
import { readToken, signToken, TOKEN_CHARS, verifyToken } from '../../../core/unsubscribe/token.ts';
import { addressOf } from '../../adapters/samples.ts';
import { KEYS, keyNamed, NOW, PAT, told } from './samples.ts';

const GOOD = signToken(PAT, KEYS.current);
const [VERSION, ID, PAYLOAD, MAC] = GOOD.split('.') as [string, string, string, string];
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const stream = fc.string({
  unit: fc.constantFrom(...BASE64URL),
  minLength: 1,
  maxLength: 256,
});
const address = fc
  .tuple(fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}$/), fc.domain())
  .map(([local, domain]) => parseAddress(`${local}@${domain}`))
  .filter((parsed) => parsed.ok)
  .map((parsed) => parsed.value);

test('says whom and what it was signed for, whatever that is', () => {
  fc.assert(
    fc.property(address, stream, (someone, something) => {
      const said = { address: someone, stream: something };
      expect(told(signToken(said, KEYS.current), KEYS, NOW)).toEqual(said);
    }),
  );
});

test('has room for the longest stream, address and key id, and only characters that a URL takes', () => {
  const label = 'd'.repeat(63);
  const longest = {
    address: addressOf(`${'a'.repeat(64)}@${label}.${label}.${label}.${'e'.repeat(61)}`),
    stream: 's'.repeat(256),
  };
  const key = keyNamed('k'.repeat(16));
  const token = signToken(longest, key);
  expect(longest.address).toHaveLength(318);
  expect(token.length).toBeLessThanOrEqual(TOKEN_CHARS);
  expect(token).toMatch(/^[A-Za-z0-9._-]+$/);
  expect(told(token, { current: key, retired: [] }, NOW)).toEqual(longest);
});

test('says why it is refused, and by which key', () => {
  const why = (token: string, now = NOW) => {
    const read = readToken(token);
    const said = read.ok ? verifyToken(read.value, { current: keyNamed('second'), retired: [OLD] }, now) : read;
    return said.ok ? 'believed' : said.error.message;
  };
  const OLD = { ...KEYS.current, until: NOW + DAY };
  const longest = `v1.${'k'.repeat(16)}.${'A'.repeat(768)}.${'A'.repeat(43)}`;
  expect(why(GOOD)).toBe('believed');
  expect(why(GOOD, NOW + DAY)).toBe('the links of key first are no longer good');
  expect(why(signToken(PAT, { ...keyNamed('other'), id: 'first' }))).toBe('the signature is not that of key first');
  expect(why(signToken(PAT, keyNamed('third')))).toBe('no key third, or it is long gone');
  expect(why(`x${GOOD}`)).toMatch('the text is no token');
  expect(longest).toHaveLength(TOKEN_CHARS);
  expect(why(longest)).toMatch(/^no key k{16}/);
  expect(why(`${longest}A`)).toBe('a token has at most 832 characters, got 833');
});

test('a stream is text of its alphabet, and nothing that only looks like it', () => {
  expect(['newsletter', 'a-_9'].every(isStream)).toBe(true);
  expect(['', '*', 'tenant:x', ['newsletter'], 7, undefined].some(isStream)).toBe(false);
});

test('is refused when another key signed it under the same id', () => {
  expect(told(signToken(PAT, { ...keyNamed('other'), id: 'first' }), KEYS, NOW)).toBe('TokenForged');
});

test('is refused when nobody knows its key', () => {
  expect(told(signToken(PAT, keyNamed('second')), KEYS, NOW)).toBe('TokenKeyUnknown');
});

test('is refused for another stream and for another address than it was signed for', () => {
  for (const other of [
    { ...PAT, stream: 'receipts' },
    { ...PAT, stream: 'newsletter2' },
    { ...PAT, address: addressOf('pat@other.example') },
    { ...PAT, address: addressOf('at@target.example') },
  ]) {
    const [, , payload] = signToken(other, keyNamed('x')).split('.');
    expect(told([VERSION, ID, payload, MAC].join('.'), KEYS, NOW)).toBe('TokenForged');
  }
});

test('is good until the time of its retired key is over, and refused from then on', () => {
  const keys = { current: keyNamed('second'), retired: [{ ...KEYS.current, until: NOW + DAY }] };
  expect(told(GOOD, keys, NOW + DAY - 1)).toEqual(PAT);
  expect(told(GOOD, keys, NOW + DAY)).toBe('TokenKeyExpired');
});

test('says that a token is forged before it says that its key is expired', () => {
  const keys = { current: keyNamed('second'), retired: [{ ...KEYS.current, until: NOW }] };
  expect(told(`${GOOD.slice(0, -1)}${GOOD.endsWith('A') ? 'E' : 'A'}`, keys, NOW)).toBe('TokenForged');
});

test('has one spelling: no character of it can be changed, left out or added', () => {
  const accepted: string[] = [];
  const check = (token: string) => {
    if (token !== GOOD && typeof told(token, KEYS, NOW) !== 'string') accepted.push(token);
  };
  for (let i = 0; i <= GOOD.length; i += 1) {
    for (const c of `${BASE64URL}.=+/ %\n`) {
      check(GOOD.slice(0, i) + c + GOOD.slice(i + 1));
      check(GOOD.slice(0, i) + c + GOOD.slice(i));
    }
    check(GOOD.slice(0, i) + GOOD.slice(i + 1));
    check(GOOD.slice(0, i));
  }
  check(GOOD.toUpperCase());
  check(`${GOOD}.${MAC}`);
  expect(accepted).toEqual([]);
});

test('is not believed when made up: 10,000 random tokens', () => {
  const part = (size: number) => fc.string({ unit: fc.constantFrom(...BASE64URL), minLength: size, maxLength: size });
  const payload = fc.oneof(fc.constant(PAYLOAD), fc.string({ unit: fc.constantFrom(...BASE64URL), maxLength: 100 }));
  const id = fc.oneof({ weight: 4, arbitrary: fc.constant('first') }, part(5));
  const madeUp = fc.oneof(
    { weight: 9, arbitrary: fc.tuple(id, payload, part(43)).map((parts) => `v1.${parts.join('.')}`) },
    fc.string({ maxLength: 300 }),
  );
  fc.assert(
    fc.property(madeUp, (token) => typeof told(token, KEYS, NOW) === 'string'),
    { numRuns: 10_000 },
  );
});

test.each([
  ['an address that is not the key', 'newsletter\nPat@Target.example'],
  ['a display name', 'newsletter\nPat <pat@target.example>'],
  ['no address', 'newsletter'],
  ['no stream', '\npat@target.example'],
  ['a stream that is everywhere', '*\npat@target.example'],
])('is malformed, though signed, with %s', (_what, payload) => {
  const signed = `v1.first.${Buffer.from(payload).toString('base64url')}`;
  const mac = createHmac('sha256', KEYS.current.key).update(signed).digest('base64url');
  expect(told(`${signed}.${mac}`, KEYS, NOW)).toBe('TokenMalformed');
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['an object', {}],
  ['a list', []],
  ['an empty text', ''],
  ['a beginning', 'v1'],
  ['empty parts', 'v1...'],
  ['another version', `v2.${ID}.${PAYLOAD}.${MAC}`],
  ['a megabyte', 'x'.repeat(1_000_000)],
])('is malformed if it is %s', (_what, raw) => {
  expect(readToken(raw)).toMatchObject({ ok: false, error: { code: 'TokenMalformed' } });
});
