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

/**
 * One issue of a send request as a person reads it: the field, what is expected, what is there; bounded in length.
 *
 * @example 'to[0]: expected text, got 7'
 */
export const describeIssue = (issue: BaseIssue<unknown>): string => {
  const path = pathOf(issue);
  if (issue.expected === 'never') return `${quote(path)} is no field of a send request`;
  if (issue.received === 'undefined') return `${path} is missing`;
  const expected = TOLD.has(issue.type) ? issue.message : `expected ${WORDS[issue.expected ?? ''] ?? issue.expected}`;
  return `${path === '' ? 'the request' : path}: ${expected}, got ${quote(issue.input)}`;
};
