import emailAddresses from 'email-addresses';
import { ADDRESS_CHARS, parseMailbox } from '../../../core/address/address.ts';
import { scanMailbox } from '../../../core/address/scan-mailbox.ts';
import { checkSize } from '../oracles.ts';
import { readyText } from '../recipe.ts';
import { promise, type Target, Violation } from '../target.ts';

const CODES = [
  ...['AddressEmpty', 'AddressTooLong', 'AddressControlCharacter', 'AddressDomain', 'AddressSyntax'],
  ...['AddressNotOne', 'AddressNotAscii', 'AddressIpLiteral'],
];
/** Single steps of the scanner a character: it reads forward only. */
const STEPS = 4;

const unquoted = (local: string): string =>
  local.startsWith('"') ? local.slice(1, -1).replace(/\\(.)/g, '$1') : local;

/** The other parser folds blanks in quotes, which may make one mailbox of two, and keeps capitals. */
const comparable = (local: string, domain: string): string =>
  `${local.replace(/ +/g, ' ').trim()}@${domain.toLowerCase()}`;

const theirs = (raw: string): string | undefined => {
  const found = emailAddresses.parseOneAddress({ input: raw, strict: true, rejectTLD: true });
  return found?.type === 'mailbox' ? comparable(found.local, found.domain) : undefined;
};

/** The parser that makes address keys, beside another one. */
export const address = (): Target => ({
  name: 'address',
  seeds: [
    'pat@target.example',
    'Pat Target <PAT+tag@Target.example>',
    '"Target, Pat" <"a b\\"c"@target.example>',
    'pat (home) @ target.example (x(y)z)',
    'pät@target.example',
    'pat@BÜCHER.example.',
    '=?utf-8?q?P=C3=A4t?= <pat@xn--bcher-kva.example>',
    'team: a@b.example, c@d.example;',
    'a@b.example, c@d.example',
    '<@route.example:a@b.example>',
    'pat@[192.0.2.1]',
    'pat@192.0.2.1',
    'pat@localhost',
    '"" <>',
    { $join: [{ $repeat: ['a', 64] }, '@', { $repeat: ['b', 63] }, '.', { $repeat: ['c', 63] }, '.example'] },
    { $join: ['bounce+', { $repeat: ['x', 10] }, '@simulator.amazonses.com'] },
  ],
  words: [
    '@',
    '.',
    '"',
    '<',
    '>',
    '(',
    ')',
    '\\',
    ',',
    ';',
    ':',
    ' ',
    'target.example',
    'xn--',
    '[',
    ']',
    '\u3002',
    'ﬀ',
    '\u00ad',
    '@.',
    '..',
  ],
  answers: ['key', ...CODES],
  async run(input) {
    const raw = readyText(input);
    const parsed = parseMailbox(raw);
    let steps = 0;
    scanMailbox(raw.slice(0, 10_000), (count) => {
      steps = count;
    });
    if (steps > STEPS * Math.min(raw.length, 10_000) + STEPS)
      throw new Violation('hang', `${steps} steps for ${raw.length} characters`);
    if (!parsed.ok) {
      const { code, message } = parsed.error;
      checkSize('why an address is none', message.length, 0, 0);
      promise(!/[\p{Cc}\u2028\u2029]/u.test(message), () => `control characters in ${JSON.stringify(message)}`);
      return [code];
    }
    const { key, addrSpec, name } = parsed.value;
    promise(/^[ -~]+$/.test(key) && key.length <= ADDRESS_CHARS, () => `the key ${JSON.stringify(key)}`);
    promise(!/[\p{Cc}\u2028\u2029]/u.test(name), () => `the name ${JSON.stringify(name)}`);
    for (const each of [key, addrSpec, `x <${addrSpec}>`]) {
      const again = parseMailbox(each);
      promise(
        again.ok && again.value.key === key,
        () => `${JSON.stringify(each)} has not the key ${JSON.stringify(key)}`,
      );
    }
    const cut = addrSpec.lastIndexOf('@');
    const [ours, other] = [comparable(unquoted(addrSpec.slice(0, cut)), addrSpec.slice(cut + 1)), theirs(raw)];
    if (other !== undefined && /^[ -~]*$/.test(raw) && !/xn--/i.test(raw))
      promise(
        ours === other || `${ours}.` === other,
        () => `we read ${JSON.stringify(ours)}, another parser ${JSON.stringify(other)}`,
      );
    return ['key'];
  },
});
