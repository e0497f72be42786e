import type { BaseIssue } from 'valibot';
import { cleanText, quote } from '../text.ts';

const PATH_CHARS = 120;

/** Where in a request an issue is: `attachments[0].filename`. */
const pathOf = (issue: BaseIssue<unknown>): string => {
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return cleanText(path, PATH_CHARS);
};

const WORDS: { readonly [type: string]: string } = {
  Object: 'an object',
  Array: 'a list',
  string: 'text',
  boolean: 'true or false',
};
/** Issues whose message says what is expected; those of other kinds name a type. */
const TOLD = new Set(['regex', 'check', 'custom', 'raw_check', 'min_length', 'max_length']);

/** How far a typo may be from what was meant. */
const TYPO = 2;

/** The fewest letters to insert, delete or replace to make one word of another. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const above = row;
    row = [i + 1];
    for (let j = 0; j < other.length; j += 1)
      row.push(
        Math.min(
          (above[j + 1] as number) + 1,
          (row[j] as number) + 1,
          (above[j] as number) + (letter === other[j] ? 0 : 1),
        ),
      );
  }
  return row[other.length] as number;
};

/** The field that was meant, or all there are. */
const hint = (issue: BaseIssue<unknown>, fields: Fields): string => {
  const keys = (issue.path ?? []).map(({ key }) => key);
  const known = fields[String(keys.length > 1 ? keys[0] : '')] ?? [];
  const written = String(keys.at(-1)).slice(0, 40).toLowerCase();
  const [meant] = known
    .map((field) => ({ field, far: distance(written, field.toLowerCase()) }))
    .filter(({ field, far }) => far <= TYPO && far < field.length)
    .sort((a, b) => a.far - b.far);
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean "${meant.field}"?`;
};

/** The fields there are: of the request itself, and of each of its fields that is an object or a list of them. */
export type Fields = { readonly [field: string]: readonly string[] };

/**
 * One issue of a send request as a person reads it: the field, what is expected, what is there; bounded in length.
 *
 * @example 'to[0]: expected text, got 7'
 */
export const describeIssue = (issue: BaseIssue<unknown>, fields: Fields): string => {
  const path = pathOf(issue);
  if (issue.expected === 'never') return `${quote(path)} is no field of a send request; ${hint(issue, fields)}`;
  if (issue.received === 'undefined') return `${path} is missing`;
  const wanted = (issue.expected ?? '').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
  const expected = TOLD.has(issue.type) ? issue.message : `expected ${WORDS[wanted] ?? wanted}`;
  return `${path === '' ? 'the request' : path}: ${expected}, got ${quote(issue.input)}`;
};
