import { isObject, type Json } from './json.ts';

/** Characters that one input may have when it is ready, unless its target takes more. */
const MOST_CHARS = 128 * 1024;

const textOf = (value: Json): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [value ?? '']);

const csvCell = (cell: Json): string => {
  const text = textOf(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const headerLines = (headers: Json | undefined): string =>
  list(headers)
    .map((header) => {
      const [name = '', value = ''] = list(header).map(textOf);
      return `${name}: ${value}\r\n`;
    })
    .join('');

/** How to make text out of a tree that says what is in it: such text can be varied part by part. */
const MAKERS: Readonly<Record<string, (given: Json, room: number) => string>> = {
  /** JSON in text, as an envelope holds a message. */
  $json: (given) => JSON.stringify(given) ?? '',
  $lines: (given) => list(given).map(textOf).join('\n'),
  $join: (given) => list(given).map(textOf).join(''),
  $csv: (given) =>
    list(given)
      .map((row) => list(row).map(csvCell).join(','))
      .join('\n'),
  /** Base64 of text whose characters are bytes. */
  $base64: (given) => Buffer.from(textOf(given), 'latin1').toString('base64'),
  $base64url: (given) => Buffer.from(textOf(given), 'latin1').toString('base64url'),
  /** UTF-8 as one character a byte, for what takes bytes. */
  $utf8: (given) => Buffer.from(textOf(given)).toString('latin1'),
  $utf16: (given) => `\xff\xfe${Buffer.from(textOf(given), 'utf16le').toString('latin1')}`,
  $form: (given) =>
    isObject(given)
      ? Object.entries(given)
          .map(
            ([name, value]) =>
              `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(textOf(value).toWellFormed())}`,
          )
          .join('&')
      : textOf(given),
  /** A message: its headers as pairs, then its body. */
  $mime: (given) => {
    const [headers, body = ''] = list(given);
    return `${headerLines(headers)}\r\n${textOf(body)}`;
  },
  /** The same text so many times. */
  $repeat: (given, room) => {
    const [piece = '', times = 1] = list(given);
    const text = textOf(piece);
    const most = Math.floor(Math.max(room, 0) / Math.max(text.length, 1));
    const wanted = typeof times === 'number' && times > 0 ? Math.floor(times) : 1;
    return text.repeat(Math.min(wanted, most));
  },
};

/**
 * An input as the program under test gets it: every object with a single member such as `$json` becomes the text it
 * stands for, from the inside out. Whatever is no such recipe stays as it is.
 *
 * @param mostChars - where text that is repeated comes to its end
 * @example ready({ body: { $json: { eventType: 'Bounce' } } }) // { body: '{"eventType":"Bounce"}' }
 */
export const ready = (input: Json, mostChars = MOST_CHARS): Json => {
  let room = mostChars;
  const make = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(make);
    if (!isObject(value)) {
      if (typeof value === 'string') room -= value.length;
      return value;
    }
    const entries = Object.entries(value);
    const [name, given] = entries.length === 1 ? (entries[0] ?? []) : [];
    const maker = name !== undefined && Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
    if (maker === undefined || given === undefined)
      return Object.fromEntries(entries.map(([key, child]) => [key, make(child)]));
    const text = maker(make(given), room);
    room -= text.length;
    return text;
  };
  return make(input);
};

/** {@link ready} as text, whatever it is. */
export const readyText = (input: Json | undefined): string => (input === undefined ? '' : textOf(ready(input)));

/** Text whose characters are bytes, as bytes; what is no byte is written in UTF-8. */
export const bytesOf = (text: string): Buffer =>
  /^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : Buffer.from(text);
