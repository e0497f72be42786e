import * as v from 'valibot';
import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';
import { type SendFailure, sendFailure } from './failure.ts';

/** Recipients SES takes in one message: To, Cc and Bcc together. */
export const MAX_RECIPIENTS = 50;

const NAME = /^[A-Za-z0-9_-]{1,256}$/;
const name = v.pipe(v.string(), v.regex(NAME, '1 to 256 of the characters A-Z a-z 0-9 _ -'));
const oneLine = v.pipe(v.string(), v.regex(/^[^\r\n]*$/, 'one line: it becomes a header, so it may hold no CR or LF'));
const addresses = v.optional(v.array(oneLine), []);
const tagName = v.pipe(
  name,
  v.check((tag) => tag !== 'stream' && tag !== 'suppressor-key', 'any tag name but stream and suppressor-key'),
);

/** A send request as design and documentation describe it; unknown fields are refused, so that a typo is heard. */
const SendRequestSchema = v.strictObject({
  from: oneLine,
  to: addresses,
  cc: addresses,
  bcc: addresses,
  replyTo: addresses,
  subject: oneLine,
  text: v.optional(v.string()),
  html: v.optional(v.string()),
  stream: v.optional(name),
  tags: v.optional(v.record(tagName, name), {}),
  configurationSet: v.optional(name),
  onSuppressed: v.optional(v.picklist(['drop', 'reject']), 'drop'),
});

/**
 * A validated request: addresses are still as given, defaults are filled in.
 *
 * @example { from: 'Ledger <no-reply@ledger.example>', to: ['Pat <pat@target.example>'], cc: [], bcc: [], replyTo: [],
 *   subject: 'Your receipt', text: '…', stream: 'receipts', tags: {}, onSuppressed: 'drop' }
 */
export type SendRequest = v.InferOutput<typeof SendRequestSchema>;

/** The fields a send request may have. */
export const REQUEST_FIELDS: readonly string[] = Object.keys(SendRequestSchema.entries);

const pathOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

const WORDS: { readonly [type: string]: string } = { Object: 'an object', Array: 'a list', string: 'text' };

const describe = (issue: v.BaseIssue<unknown>): string => {
  const path = pathOf(issue);
  if (issue.expected === 'never') return `${quote(path)} is no field of a send request`;
  if (issue.received === 'undefined') return `${path} is missing`;
  const expected =
    issue.type === 'regex' || issue.type === 'check'
      ? issue.message
      : `expected ${WORDS[issue.expected ?? ''] ?? issue.expected}`;
  return `${path === '' ? 'the request' : path}: ${expected}, got ${quote(issue.input)}`;
};

/**
 * Reads a send request.
 *
 * @returns the request, or `InvalidRequest` that names every field at fault with its value
 */
export const parseSendRequest = (raw: unknown): Result<SendRequest, SendFailure> => {
  if (Array.isArray(raw)) return fail(sendFailure('InvalidRequest', `expected one request, got ${quote(raw)}`));
  const parsed = v.safeParse(SendRequestSchema, raw);
  if (!parsed.success) return fail(sendFailure('InvalidRequest', parsed.issues.slice(0, 5).map(describe).join('; ')));
  const { text, html } = parsed.output;
  if (text === undefined && html === undefined)
    return fail(sendFailure('InvalidRequest', 'the message has neither text nor html; give one or both'));
  return ok(parsed.output);
};
