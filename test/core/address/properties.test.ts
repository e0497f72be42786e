import fc from 'fast-check';
import { ADDRESS_CHARS, type Mailbox, parseMailbox } from '../../../core/address/address.ts';
import { normaliseDomain } from '../../../core/address/domain.ts';
import { scanMailbox } from '../../../core/address/scan-mailbox.ts';
import { anyAddress, dressed, plainAddress } from './mailboxes.ts';

const parsed = (raw: string): Mailbox | undefined => {
  const result = parseMailbox(raw);
  return result.ok ? result.value : undefined;
};

/** Strings that come near an address: its special characters, some that alias in Unicode, and words. */
const nearly = fc.string({
  unit: fc.constantFrom(
    ...[...'@@..<>()"\\,;: a1-_%[]\'K\u212aü／％\u200b'],
    'pat',
    'target.example',
    'pat@target.example',
    'xn--',
    '0x',
    '\r\n',
  ),
  maxLength: 14,
});

test('an address dressed up in names, brackets, comments and capitals has the key of the bare one', () => {
  fc.assert(
    fc.property(dressed, ([bare, decorated]) => {
      fc.pre(decorated.length <= ADDRESS_CHARS);
      const key = parsed(bare)?.key;
      expect(key).toBeDefined();
      expect(parsed(decorated)?.key).toBe(key);
    }),
    { numRuns: 1500 },
  );
});

test('a key is its own key, and what is mailed has the key of what was given', () => {
  fc.assert(
    fc.property(fc.oneof(anyAddress, nearly, fc.string({ unit: 'binary' })), (raw) => {
      const mailbox = parsed(raw);
      if (mailbox === undefined) return;
      expect(parsed(mailbox.key)).toEqual({ key: mailbox.key, addrSpec: mailbox.key, name: '' });
      expect(parsed(mailbox.addrSpec)).toEqual({ key: mailbox.key, addrSpec: mailbox.addrSpec, name: '' });
    }),
    { numRuns: 2500 },
  );
});

test('a key is its own key also at the limits of what may be given', () => {
  const labels = `${'ü'.repeat(50)}.`;
  const atLimit = fc
    .tuple(fc.integer({ min: 1, max: 64 }), fc.constantFrom('a', '\\"', ' '), fc.integer({ min: 0, max: 3 }))
    .map(([n, c, more]) => `"${c.repeat(n)}"@${labels.repeat(more)}target.example`);
  fc.assert(
    fc.property(atLimit, (raw) => {
      const key = parsed(raw)?.key;
      if (key === undefined) return;
      expect(key.length).toBeLessThanOrEqual(ADDRESS_CHARS);
      expect(parsed(key)?.key).toBe(key);
    }),
    { numRuns: 500 },
  );
});

test('every key is printable ASCII in lower case with one domain', () => {
  fc.assert(
    fc.property(fc.oneof(anyAddress, nearly), (raw) => {
      const key = parsed(raw)?.key;
      if (key !== undefined) expect(key).toMatch(/^(?:"[ -@[-~]+"|[!-@[-~]+)@[a-z0-9_.-]+\.[a-z0-9_-]+$/);
    }),
    { numRuns: 3000 },
  );
});

/** Plain addresses around every limit: of the local part, a label, the domain, the whole. */
const atLimits = fc
  .tuple(fc.integer({ min: 60, max: 68 }), fc.array(fc.integer({ min: 58, max: 66 }), { minLength: 1, maxLength: 4 }))
  .map(([local, labels]) => `${'A'.repeat(local)}@${labels.map((n) => 'b'.repeat(n)).join('.')}.example`);

test('the fast path for plain addresses agrees with the full scanner', () => {
  fc.assert(
    fc.property(fc.oneof(plainAddress, atLimits), (raw) => {
      const fast = parsed(raw);
      expect(fast).toEqual(parsed(`<${raw}>`));
      const scanned = scanMailbox(raw);
      if (!scanned.ok) throw new Error(`the scanner refuses ${raw}: ${scanned.error.message}`);
      const host = normaliseDomain(scanned.value.domain);
      const known = host !== undefined && scanned.value.local.length <= 64;
      expect(fast?.addrSpec).toBe(known ? `${scanned.value.local}@${host}` : undefined);
    }),
    { numRuns: 3000 },
  );
});

test('every plain address has a key, and it is the address in lower case', () => {
  fc.assert(
    fc.property(plainAddress, (raw) => {
      expect(parsed(raw)).toEqual({
        key: raw.toLowerCase(),
        addrSpec: raw.slice(0, raw.indexOf('@')) + raw.slice(raw.indexOf('@')).toLowerCase(),
        name: '',
      });
    }),
    { numRuns: 2000 },
  );
});

test('an address with a line break or another control character anywhere has no key', () => {
  const control = fc.constantFrom('\r', '\n', '\r\n', '\t', '\0', '\x1b', '\x7f', '\x85', '\u2028', '\u2029');
  fc.assert(
    fc.property(dressed, control, fc.nat(), ([, decorated], c, position) => {
      const cut = position % (decorated.length + 1);
      const raw = decorated.slice(0, cut) + c + decorated.slice(cut);
      fc.pre(raw.length <= ADDRESS_CHARS);
      expect(parseMailbox(raw)).toMatchObject({ ok: false, error: { code: 'AddressControlCharacter' } });
    }),
    { numRuns: 1000 },
  );
});
