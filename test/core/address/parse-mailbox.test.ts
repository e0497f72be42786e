import { ADDRESS_CHARS, type Address, isSimulator, parseAddress, parseMailbox } from '../../../core/address/address.ts';

const read = (raw: unknown) => {
  const parsed = parseMailbox(raw);
  return parsed.ok ? parsed.value : parsed.error.code;
};
const keyOf = (raw: unknown): string => {
  const found = read(raw);
  return typeof found === 'string' ? `no key: ${found}` : found.key;
};

test.each([
  ['as it is', 'pat@target.example'],
  ['in capitals', 'PAT@Target.EXAMPLE'],
  ['in brackets', '<pat@target.example>'],
  ['with a name', 'Pat <pat@target.example>'],
  ['with a name of several words', 'Pat O Target <pat@target.example>'],
  ['with a name and initials', 'P. T. Target <pat@target.example>'],
  [
    'with a quoted name that holds a comma, brackets and quotes',
    '"Target, \\"Pat\\" <x@y.example>" <pat@target.example>',
  ],
  ['with a name in another script', 'Пэт <pat@target.example>'],
  ['with an encoded word', '=?utf-8?B?UMOkdA==?= <pat@target.example>'],
  [
    'with an encoded word in q',
    '=?iso-8859-1?q?P=E4t,_the_first?='.replace(',', '=2C').concat(' <pat@target.example>'),
  ],
  ['with comments everywhere', '(a)pat(b)@(c)target.example(d)'],
  ['with nested comments', 'pat(one (two \\) @ three))@target.example'],
  ['with comments around brackets', '(a) Pat (b) < (c) pat (d) @ (e) target.example (f) > (g)'],
  ['with blanks around', '  pat@target.example '],
  ['with a trailing dot', 'pat@target.example.'],
  ['with needless quotes', '"pat"@target.example'],
  ['with needless backslashes', '"\\p\\a\\t"@target.example'],
  ['in full-width letters of the domain', 'pat@ｔａｒｇｅｔ.example'],
  ['with an ideographic full stop', 'pat@target。example'],
  ['with a soft hyphen in the domain', 'pat@tar\u00adget.example'],
])('one mailbox has one key, written %s', (_name, raw) => {
  expect(keyOf(raw)).toBe('pat@target.example');
});

test.each([
  ['pat@bücher.example', 'pat@xn--bcher-kva.example'],
  ['pat@BÜCHER.example', 'pat@xn--bcher-kva.example'],
  ['pat@xn--bcher-kva.example', 'pat@xn--bcher-kva.example'],
  ['pat@XN--BCHER-KVA.example', 'pat@xn--bcher-kva.example'],
  ['pat@bu\u0308cher.example', 'pat@xn--bcher-kva.example'],
  ['pat@例え.テスト', 'pat@xn--r8jz45g.xn--zckzah'],
  ['pat@straße.example', 'pat@xn--strae-oqa.example'],
  ['pat@\u212aelvin.example', 'pat@kelvin.example'],
])('the domain of %s is folded to A-labels', (raw, key) => {
  expect(keyOf(raw)).toBe(key);
});

test.each([
  ['plus-tags', 'pat+news@target.example'],
  ['dots', 'p.a.t@gmail.com'],
  ['underscores in domains', 'pat@_dmarc.target.example'],
  ['digits', '12345@163.com'],
  ['every sign an atom may hold', "!#$%&'*+/=?^_`{|}~-@target.example"],
  ['quotes that are needed', '"pat target"@target.example'],
  ['quotes around an at sign', '"pat@home"@target.example'],
  ['quotes around a leading dot', '".pat"@target.example'],
  ['escapes that are needed', '"a\\"b\\\\c"@target.example'],
  ['a label of 63 characters', `pat@${'a'.repeat(63)}.example`],
  ['a local part of 64 characters', `${'a'.repeat(64)}@target.example`],
])('%s are not folded', (_name, raw) => {
  expect(keyOf(raw)).toBe(raw);
});

test.each([
  ['AddressNotText', undefined],
  ['AddressNotText', null],
  ['AddressNotText', 7],
  ['AddressNotText', ['pat@target.example']],
  ['AddressNotText', { toString: () => 'pat@target.example' }],
  ['AddressEmpty', ''],
  ['AddressEmpty', '   '],
  ['AddressTooLong', `${'a'.repeat(ADDRESS_CHARS)}@target.example`],
  ['AddressTooLong', `"${'n'.repeat(ADDRESS_CHARS)}" <pat@target.example>`],
  ['AddressControlCharacter', 'pat@target.example\r\nBcc: victim@elsewhere.example'],
  ['AddressControlCharacter', 'pat@target.example\n'],
  ['AddressControlCharacter', '\tpat@target.example'],
  ['AddressControlCharacter', '"pa\u0000t"@target.example'],
  ['AddressControlCharacter', 'pat@tar\u2028get.example'],
  ['AddressControlCharacter', 'pat\u007f@target.example'],
  ['AddressControlCharacter', 'Pat\u0085 <pat@target.example>'],
  ['AddressNotOne', 'pat@target.example, sam@target.example'],
  ['AddressNotOne', 'pat@target.example sam@target.example'],
  ['AddressNotOne', '<pat@target.example> <sam@target.example>'],
  ['AddressNotOne', 'pat@target.example; sam@target.example'],
  ['AddressNotOne', 'undisclosed-recipients:;'],
  ['AddressNotOne', 'friends: pat@target.example;'],
  ['AddressNotOne', 'Target, Pat <pat@target.example>'],
  ['AddressNotOne', 'pat@home@target.example'],
  ['AddressNotOne', 'pat@home <pat@target.example>'],
  ['AddressNotOne', 'pat@target.example>'],
  ['AddressNotOne', 'mailto:pat@target.example'],
  ['AddressNotAscii', 'pät@target.example'],
  ['AddressNotAscii', '\u212a@target.example'],
  ['AddressNotAscii', 'ｐat@target.example'],
  ['AddressNotAscii', '"pät"@target.example'],
  ['AddressNotAscii', 'pat\u00a0@target.example'],
  ['AddressNotAscii', 'pat\u200b@target.example'],
  ['AddressIpLiteral', 'pat@[192.0.2.1]'],
  ['AddressIpLiteral', 'Pat <pat@[IPv6:2001:db8::1]>'],
  ['AddressSyntax', 'pat'],
  ['AddressSyntax', 'pat@'],
  ['AddressSyntax', '@target.example'],
  ['AddressSyntax', '<>'],
  ['AddressSyntax', 'Pat <>'],
  ['AddressSyntax', 'pat..t@target.example'],
  ['AddressSyntax', '.pat@target.example'],
  ['AddressSyntax', 'pat.@target.example'],
  ['AddressSyntax', 'pat target@target.example'],
  ['AddressSyntax', 'pat . t@target.example'],
  ['AddressSyntax', 'pat ."t"@target.example'],
  ['AddressSyntax', '"pat"t@target.example'],
  ['AddressSyntax', '""@target.example'],
  ['AddressSyntax', '"pat@target.example'],
  ['AddressSyntax', '"pat\\'],
  ['AddressSyntax', 'pat(comment@target.example'],
  ['AddressSyntax', 'pat@target.example (comment'],
  ['AddressSyntax', 'pat@(target.example'],
  ['AddressSyntax', 'Pat <pat@target.example> (comment'],
  ['AddressSyntax', 'Pat <pat@target.example'],
  ['AddressSyntax', 'Pat <<pat@target.example>>'],
  ['AddressSyntax', '<@route.example:pat@target.example>'],
  ['AddressSyntax', '. <pat@target.example>'],
  ['AddressSyntax', '[pat]@target.example'],
  ['AddressSyntax', `${'a'.repeat(65)}@target.example`],
  ['AddressSyntax', `"${'\\"'.repeat(32)}"@target.example`],
  ['AddressDomain', 'pat@localhost'],
  ['AddressDomain', 'pat@target..example'],
  ['AddressDomain', 'pat@.example'],
  ['AddressDomain', 'pat@target.example..'],
  ['AddressDomain', 'pat@.'],
  ['AddressDomain', 'pat@-target.example'],
  ['AddressDomain', 'pat@target-.example'],
  ['AddressDomain', `pat@${'a'.repeat(64)}.example`],
  ['AddressDomain', `pat@${'a.'.repeat(124)}example`],
  ['AddressDomain', 'pat@192.0.2.1'],
  ['AddressDomain', 'pat@127.1'],
  ['AddressDomain', 'pat@target.0x7f'],
  ['AddressDomain', 'pat@１２７.０.０.１'],
  ['AddressDomain', 'pat@target％41.example'],
  ['AddressDomain', 'pat@target%41.example'],
  ['AddressDomain', 'pat@target/x.example'],
  ['AddressDomain', 'pat@target／x.example'],
  ['AddressDomain', 'pat@target＠x.example'],
  ['AddressDomain', 'pat@target?x.example'],
  ['AddressDomain', 'pat@target#x.example'],
  ['AddressDomain', 'pat@bücher.example/x'],
  ['AddressDomain', 'pat@bücher.example?x'],
  ['AddressDomain', 'pat@bücher.example#x'],
  ['AddressDomain', 'pat@b%75cher-ü.example'],
  ['AddressDomain', 'pat@tar\u00a0get.example'],
  ['AddressDomain', 'pat@xn--a.example'],
  ['AddressDomain', 'pat@\ud800.example'],
])('%s: rejects %j', (code, raw) => {
  expect(read(raw)).toBe(code);
});

test.each([
  ['pat@target.example', { addrSpec: 'pat@target.example', name: '' }],
  ['Pat.T@Target.Example', { addrSpec: 'Pat.T@target.example', name: '' }],
  ['  Pat   O  Target <PAT@Target.Example>', { addrSpec: 'PAT@target.example', name: 'Pat O Target' }],
  ['"Target, \\"Pat\\"" <pat@target.example>', { addrSpec: 'pat@target.example', name: 'Target, "Pat"' }],
  ['P. Target(c) <pat@bücher.example>', { addrSpec: 'pat@xn--bcher-kva.example', name: 'P. Target' }],
  ['Päť <"Pat T"@target.example>', { addrSpec: '"Pat T"@target.example', name: 'Päť' }],
])('%s is mailed and shown as %j', (raw, expected) => {
  expect(read(raw)).toMatchObject(expected);
});

test('the message quotes what was given, on one short line', () => {
  const parsed = parseMailbox(`pat\r\n${'x'.repeat(200)}`);
  const message = parsed.ok ? '' : parsed.error.message;
  expect(message).toMatch(/^"pat\\r\\nx+" holds a control character/);
  expect(message.length).toBeLessThan(160);
});

test('the key alone is the key of the mailbox', () => {
  expect(parseAddress('Pat <PAT@target.example>')).toEqual({ ok: true, value: 'pat@target.example' });
  expect(parseAddress('pat')).toMatchObject({ ok: false, error: { code: 'AddressSyntax' } });
});

test.each([
  ['bounce@simulator.amazonses.com', true],
  ['bounce+label@simulator.amazonses.com', true],
  ['Complaint <COMPLAINT@Simulator.AmazonSES.com.>', true],
  ['bounce@simulator.amazonses.com.evil.example', false],
  ['bounce@mysimulator.amazonses.com', false],
  ['"bounce@simulator.amazonses.com"@evil.example', false],
])('whether %s is a simulator address is %p', (raw, expected) => {
  expect(isSimulator(keyOf(raw) as Address)).toBe(expected);
});
