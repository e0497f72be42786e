import { createHmac } from 'node:crypto';
import { parseMailbox } from '../../../core/address/address.ts';
import { normaliseDomain } from '../../../core/address/domain.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { scanMailbox } from '../../../core/address/scan-mailbox.ts';
import { addressOf } from '../entries.ts';

const refused = (raw: string) => {
  const parsed = parseMailbox(raw);
  return parsed.ok ? parsed.value : parsed.error;
};

test.each([
  [`${'n'.repeat(302)} <a@target.example>`, 'AddressTooLong', 'an address has at most 320 characters, got 321'],
  ['""@target.example', 'AddressSyntax', '"\\"\\"@target.example" has 0 characters; 1 to 64 are allowed'],
  [`${'a'.repeat(65)}@target.example`, 'AddressSyntax', '@target.example" has 65 characters; 1 to 64 are allowed'],
  [`"${'a '.repeat(31)}b"@target.example`, 'AddressSyntax', 'has 65 characters'],
  ['pat@localhost', 'AddressDomain', '"localhost" is no mail domain'],
  ['"open', 'AddressSyntax', 'never closed'],
  ['"open\\', 'AddressSyntax', 'never closed'],
  ['pat (open', 'AddressSyntax', 'never closed'],
  ['pat@(open', 'AddressSyntax', 'a comment is never closed'],
  ['pat@target.example (open', 'AddressSyntax', 'a comment is never closed'],
  ['<pat@target.example> (open', 'AddressSyntax', 'a comment is never closed'],
  ['<pat@target.example', 'AddressSyntax', 'not closed with >'],
  ['Pat <>', 'AddressSyntax', 'between < and > stands no address'],
  ['Pat <pat>', 'AddressSyntax', 'between < and > stands no address'],
  ['Pat <p at@target.example>', 'AddressSyntax', 'between < and > stands no address'],
  ['Pat <"open', 'AddressSyntax', 'between < and > stands no address'],
  ['Pat <pat!target.example>', 'AddressSyntax', 'between < and > stands no address'],
  ['pat@a.example, sam@b.example', 'AddressNotOne', 'more than one mailbox; give exactly one'],
  ['pat@a.example sam', 'AddressNotOne', 'text after the address; give exactly one'],
  ['pat; sam@a.example', 'AddressNotOne', 'a list or group'],
  ['a.,@target.example', 'AddressNotOne', 'a list or group'],
  ['pat, sam@a.example', 'AddressNotOne', 'a list or group'],
  ['team: sam@a.example;', 'AddressNotOne', 'a list or group'],
  ['pat', 'AddressSyntax', 'there is no @'],
  ['pat) <pat@a.example>', 'AddressSyntax', '")" needs quotes'],
  ['..a@target.example', 'AddressSyntax', 'the local part is no dot-atom'],
  ['.a.@target.example', 'AddressSyntax', 'the local part is no dot-atom'],
  ['a"b"c@target.example', 'AddressSyntax', 'the local part is no dot-atom'],
  ['"a".b@target.example', 'AddressSyntax', 'the local part is no dot-atom'],
  ['a. b@target.example', 'AddressSyntax', 'the local part is no dot-atom'],
])('%j is %s: %s', (raw, code, message) => {
  expect(refused(raw)).toMatchObject({ code, message: expect.stringContaining(message) });
});

test.each([
  [`${'n'.repeat(301)} <a@target.example>`, 'a@target.example'],
  [`${'a'.repeat(64)}@target.example`, `${'a'.repeat(64)}@target.example`],
  [`"${'a '.repeat(30)}bc"@target.example`, `"${'a '.repeat(30)}bc"@target.example`],
])('what is just short enough is taken: %j', (raw, key) => {
  expect(refused(raw)).toMatchObject({ key });
});

test('blanks around a name are none of it, inside quotes or not', () => {
  expect(refused('" Pat " <pat@target.example>')).toMatchObject({ name: 'Pat' });
  expect(scanMailbox(' Pat <pat@target.example>')).toMatchObject({ value: { name: 'Pat' } });
});

test('a DEL is no character of an atom', () => {
  expect(scanMailbox('a\u007f@target.example').ok).toBe(false);
});

const LABEL = 'd'.repeat(63);
const LONGEST = `${LABEL}.${LABEL}.${LABEL}.${'e'.repeat(61)}`;

test.each([
  ['Target.EXAMPLE.', 'target.example'],
  ['a.b1', 'a.b1'],
  ['a.1b', 'a.1b'],
  ['a.x0x1', 'a.x0x1'],
  ['ab--cd.example', 'ab--cd.example'],
  ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
  ['ü\u3002ü', 'xn--tda.xn--tda'],
  [LONGEST, LONGEST],
])('the domain %s is %s', (raw, domain) => {
  expect(normaliseDomain(raw)).toBe(domain);
});

test.each([
  '',
  '.',
  'example',
  'a..example',
  'a.1',
  'a.12',
  '1.2.3.4',
  'a.0x',
  'a.0x1f',
  `e${LONGEST}`,
  `d${LABEL}.example`,
  'xn--a.example',
])('%j is no domain', (raw) => {
  expect(normaliseDomain(raw)).toBeUndefined();
});

test('a fingerprint is 16 digits of a keyed hash', () => {
  const address = addressOf('pat@target.example');
  const whole = createHmac('sha256', 'key').update(address).digest('hex');
  expect(fingerprint('key')(address)).toBe(whole.slice(0, 16));
  expect(fingerprint('other')(address)).not.toBe(fingerprint('key')(address));
});
