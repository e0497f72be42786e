import { type HeaderField, readMessage, valuesOf } from './header-block.ts';

const BOUNDARY = /;[ \t]*boundary[ \t]*=[ \t]*(?:"([^"]*)"|([^ \t;"]+))/i;
const LF = 10;
const CR = 13;
/** Multiparts within one another that are looked into. */
const DEPTH = 100;
/** Longer than any boundary: 70 characters, the two dashes after the last one, and blanks. */
const DELIMITER_CHARS = 200;

const boundaryOf = (fields: readonly HeaderField[]): string | undefined => {
  const [type = ''] = valuesOf(fields, 'content-type');
  const [, quoted, token] = /^multipart\//i.test(type) ? (BOUNDARY.exec(type) ?? []) : [];
  return quoted ?? token;
};

/** Where the next line begins after `at`. */
const nextLine = (raw: Buffer, at: number): number => raw.indexOf(LF, at) + 1 || raw.length;

/** The headers of a part, which end at a blank line or, in a broken message, at the next delimiter. */
const partFields = (raw: Buffer, from: number): readonly HeaderField[] => {
  let end = from;
  while (end < raw.length && raw[end] !== LF && raw[end] !== CR && raw.toString('latin1', end, end + 2) !== '--')
    end = nextLine(raw, end);
  const read = readMessage(Buffer.concat([raw.subarray(from, end), Buffer.from('\n')]));
  return read.ok ? read.value.fields : [];
};

/**
 * How many MIME parts a message has: itself, and whatever stands between the delimiters of a multipart, at any depth.
 * What is within an attached message is not counted.
 *
 * @see RFC 2046 section 5.1
 */
export const countParts = (message: Uint8Array): number => {
  const raw = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const head = readMessage(raw);
  const outermost = head.ok ? boundaryOf(head.value.fields) : undefined;
  if (!head.ok || outermost === undefined) return 1;
  const open = [outermost];
  let count = 1;
  let at = raw.length - head.value.rest.length;
  for (at = raw.indexOf('\n--', at); at >= 0 && open.length > 0; at = raw.indexOf('\n--', at)) {
    const after = nextLine(raw, at + 1);
    const line = raw.toString('latin1', at + 3, Math.min(after, at + DELIMITER_CHARS)).trimEnd();
    const opens = open.lastIndexOf(line);
    const closes = opens < 0 && line.endsWith('--') ? open.lastIndexOf(line.slice(0, -2)) : -1;
    if (opens >= 0) {
      count += 1;
      open.length = opens + 1;
      const inner = boundaryOf(partFields(raw, after));
      if (inner !== undefined && open.length < DEPTH) open.push(inner);
    } else if (closes >= 0) open.length = closes;
    at = after - 1;
  }
  return count;
};
