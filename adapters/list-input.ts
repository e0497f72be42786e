import { types } from 'node:util';
import * as v from 'valibot';
import { type Address, parseAddress } from '../core/address/address.ts';
import { EVERYWHERE, type Policy, policySchema } from '../core/contract/index.ts';
import type { Instant } from '../core/instant.ts';
import { type Recipients, type Refused, readRecipients } from '../core/send/recipients.ts';
import { quote } from '../core/text.ts';
import { isStream } from '../core/unsubscribe/stream.ts';
import { type ListInputCode, type ListInputField, ListInputInvalid } from './list-error.ts';

const LATEST = Date.UTC(9999, 11, 31);
const STREAM = 'use 1 to 256 of the characters A-Z a-z 0-9 _ -';

const refuse = (field: ListInputField, code: ListInputCode, message: string): never => {
  throw new ListInputInvalid(field, { code, message });
};

/**
 * Options, none of which is misspelt: whoever asks about a stream by a wrong name would be told that all may be mailed.
 *
 * @throws ListInputInvalid
 */
export const optionsOf = <T extends object>(options: T, known: readonly (string & keyof T)[]): T => {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return refuse(
      'options',
      'OptionsInvalid',
      `options: expected an object with ${known.join(', ')}; got ${quote(options)}`,
    );
  const strange = Object.keys(options).find((name) => !known.includes(name as string & keyof T));
  if (strange !== undefined)
    return refuse('options', 'OptionsInvalid', `options: there is no ${quote(strange)}; expected ${known.join(', ')}`);
  return options;
};

/** @throws ListInputInvalid */
export const addressOf = (raw: unknown): Address => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new ListInputInvalid('address', parsed.error);
  return parsed.value;
};

/**
 * The recipients in a list.
 *
 * @returns everybody given; what is no text is refused, like a malformed address
 * @throws ListInputInvalid unless it is a list
 */
export const recipientsOf = (raw: readonly string[]): Recipients => {
  if (!Array.isArray(raw))
    return refuse('addresses', 'AddressesNotAList', `addresses: expected a list of addresses, got ${quote(raw)}`);
  const strange = raw
    .filter((given) => typeof given !== 'string')
    .map((given): Refused => {
      const message = `expected an address as text, got ${quote(given)}`;
      return { given: quote(given), code: 'AddressNotText', message };
    });
  const { usable, refused } = readRecipients({ to: raw.filter((given) => typeof given === 'string'), cc: [], bcc: [] });
  return { usable, refused: [...refused, ...strange] };
};

/** @throws ListInputInvalid */
export const streamOf = (stream: unknown): string =>
  isStream(stream) ? stream : refuse('stream', 'ScopeInvalid', `stream: ${quote(stream)} is no stream; ${STREAM}`);

/** @throws ListInputInvalid */
export const scopeOf = (scope: unknown): string =>
  scope === EVERYWHERE || isStream(scope)
    ? scope
    : refuse('scope', 'ScopeInvalid', `scope: ${quote(scope)} is neither * nor a stream; ${STREAM}`);

/** @throws ListInputInvalid */
export const instantOf = (at: unknown): Instant => {
  const instant = types.isDate(at) ? at.getTime() : Number.NaN;
  if (instant >= 0 && instant <= LATEST) return instant;
  const given = types.isDate(at) ? String(at) : quote(at);
  return refuse('at', 'TimeInvalid', `at: ${given} is no time; use a Date from 1970 to 9999`);
};

/** @throws ListInputInvalid */
export const textOf = (field: 'by' | 'note', text: unknown): string =>
  typeof text === 'string' ? text : refuse(field, 'TextInvalid', `${field}: expected a text, got ${quote(text)}`);

/** @throws ListInputInvalid */
export const tableOf = (table: unknown): string =>
  typeof table === 'string' && table !== ''
    ? table
    : refuse('table', 'TableInvalid', `table: expected the stack's output TableName, got ${quote(table)}`);

/** @throws ListInputInvalid */
export const policyOf = (policy: unknown): Policy => {
  const parsed = v.safeParse(policySchema(), policy);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = ['policy', v.getDotPath(issue)].filter((part) => part !== null).join('.');
  return refuse('policy', 'PolicyInvalid', `${path}: ${issue.message}`);
};
