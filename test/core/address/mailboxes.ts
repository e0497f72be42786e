import fc from 'fast-check';

const ATOM_CHARS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~-"];
const HOST_CHARS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];

const text = (chars: readonly string[], minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...chars), minLength, maxLength });

const dotted = (part: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc.array(part, { minLength, maxLength }).map((parts) => parts.join('.'));

/** A dot-atom of at most 35 characters. */
export const dotAtom = dotted(text(ATOM_CHARS, 1, 8), 1, 4);

const label = fc
  .tuple(text(HOST_CHARS, 1, 5), text([...HOST_CHARS, '-'], 0, 5), text(HOST_CHARS, 1, 5))
  .map((parts) => parts.join(''))
  .filter((found) => !found.toLowerCase().startsWith('xn--'));

/** A plain host name of two labels or more; the last holds letters only. */
export const plainHost = fc
  .tuple(dotted(label, 1, 3), text(HOST_CHARS.slice(0, 52), 2, 6))
  .map(([labels, last]) => `${labels}.${last}`);

const UNICODE_LABELS = ['bücher', 'BÜCHER', 'пример', '例え', 'faß', 'é', 'ｅｘ', 'xn--bcher-kva', 'a_b', '1st'];

/** A host that may hold labels in other scripts. */
export const anyHost = fc.oneof(
  plainHost,
  fc
    .tuple(fc.array(fc.constantFrom(...UNICODE_LABELS), { minLength: 1, maxLength: 3 }), plainHost)
    .map(([labels, host]) => `${labels.join('.')}.${host}`),
);

export const plainAddress = fc.tuple(dotAtom, plainHost).map(([local, host]) => `${local}@${host}`);

/** The text of a quoted local part, unquoted: any printable ASCII. */
const quotable = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });
const quote = (raw: string): string => `"${raw.replace(/["\\]/g, (c) => `\\${c}`)}"`;
export const quotedLocal = quotable.map(quote);

export const anyAddress = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: dotAtom }, { weight: 1, arbitrary: quotedLocal }), anyHost)
  .map(([local, host]) => `${local}@${host}`);

const comment: fc.Arbitrary<string> = fc.oneof(
  fc.constant(''),
  fc.constant(' '),
  fc.constant('(c)'),
  fc.constant(' (a @ <b>, (nested "c") \\) d) '),
  fc
    .string({ unit: fc.constantFrom('a', ' ', ',', '@', '<', '"', '\\(', '\\)', 'ü'), maxLength: 6 })
    .map((s) => `(${s})`),
);

const name = fc.oneof(
  fc.constantFrom('', 'Pat', 'Pat O Target', 'P. T.', 'Päť', '=?utf-8?B?UMOkdA==?=', '=?utf-8?q?P=C3=A4t?= Target'),
  fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((s) => !/[\p{Cc}\u2028\u2029]/u.test(s))
    .map(quote),
);

/** An address dressed up as mail programs do; the undressed one comes first. */
export const dressed: fc.Arbitrary<readonly [bare: string, decorated: string]> = fc
  .tuple(anyAddress, name, fc.array(comment, { minLength: 8, maxLength: 8 }), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([bare, called, c, brackets, upper, dot]) => {
    const cut = bare.lastIndexOf('@');
    const cased = upper ? bare.slice(0, cut).toUpperCase() : bare.slice(0, cut).toLowerCase();
    const spec = `${c[0]}${cased}${c[1]}@${c[2]}${bare.slice(cut + 1)}${dot ? '.' : ''}${c[3]}`;
    return [bare, brackets || called !== '' ? `${c[4]}${called}${c[5]}<${spec}>${c[6]}` : spec] as const;
  });
