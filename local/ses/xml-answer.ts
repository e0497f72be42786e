import { randomUUID } from 'node:crypto';
import type { Answer } from '../http/loopback-server.ts';
import type { SesFault } from './fault.ts';

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);

/**
 * The elements of an answer by name; a list is an element with a `member` for each of its own, a map one with an `entry`
 * for each key.
 */
export interface XmlFields {
  readonly [name: string]: string | XmlFields | readonly (string | XmlFields)[] | ReadonlyMap<string, XmlFields>;
}

const elements = (fields: XmlFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${content(value)}</${name}>`)
    .join('');

function content(value: XmlFields[string]): string {
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Map) return [...value].map(([key, of]) => elements({ entry: { key, value: of } })).join('');
  return Array.isArray(value) ? value.map((member) => elements({ member })).join('') : elements(value as XmlFields);
}

/** The answer of the Query protocol to a call that worked. */
export function xmlResult(action: string, fields: XmlFields): Answer {
  const id = randomUUID();
  return xml(
    200,
    id,
    `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${elements(fields)}</${action}Result>` +
      `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${action}Response>`,
  );
}

/** The answer of the Query protocol to a call that did not. */
export function xmlError(fault: SesFault): Answer {
  const id = randomUUID();
  const fields = { Type: fault.status < 500 ? 'Sender' : 'Receiver', Code: fault.code, Message: fault.message };
  return xml(
    fault.status,
    id,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error>${elements(fields)}</Error><RequestId>${id}</RequestId></ErrorResponse>`,
  );
}

const xml = (status: number, requestId: string, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body,
});
