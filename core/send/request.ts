import * as v from 'valibot';
import { TAG_TEXT } from '../contract/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';
import { headerNameFault, headerValueFault, VALUE_CHARS } from './custom-headers.ts';
import { describeIssue } from './describe-issue.ts';
import { type SendFailure, sendFailure } from './failure.ts';
import { formFault } from './request-form.ts';
import { NAME_RULE, tagNameFault, tagValueFault } from './tags.ts';

/** Recipients SES takes in one message: To, Cc and Bcc together. */
export const MAX_RECIPIENTS = 50;

const KEY_CHARS = 256;
const ONE_LINE = 'one line: it becomes a header, so it may hold no CR or LF';
const TYPE = /^[A-Za-z0-9!#$&^_.+-]{1,127}\/[A-Za-z0-9!#$&^_.+-]{1,127} ?(?:;[ -~]{0,500})?$/;

const name = v.pipe(v.string(), v.regex(TAG_TEXT, NAME_RULE));
const oneLine = v.pipe(v.string(), v.regex(/^[^\r\n]*$/, ONE_LINE));
const addresses = v.optional(v.array(oneLine), []);
/** Text that stands in a header between quotes or brackets. */
const shown = v.pipe(oneLine, v.regex(/^\P{Cc}{1,255}$/u, '1 to 255 characters, no control characters'));

/** An object whose every entry is looked at, whatever its name is; kept as it is. */
const entries = (
  nameFault: (name: string) => string | undefined,
  valueFault: (name: string, value: unknown) => string | undefined,
) =>
  v.pipe(
    v.custom<Readonly<Record<string, string>>>(
      (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
      'expected an object',
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const input = dataset.value;
      for (const [key, value] of Object.entries(input)) {
        const ofName = nameFault(key);
        const message = ofName ?? valueFault(key, value);
        if (message !== undefined)
          addIssue({
            message,
            input: ofName === undefined ? value : key,
            path: [{ type: 'unknown', origin: 'value', input, key, value }],
          });
      }
    }),
  );

const contentType = v.pipe(
  oneLine,
  v.regex(TYPE, 'a type such as application/pdf, with parameters at most'),
  v.check(
    (type) => !/^multipart\//i.test(type),
    'the type of one file; a multipart is built from several, or use "raw"',
  ),
);

const AttachmentSchema = v.strictObject({
  filename: v.optional(shown),
  contentType: v.optional(contentType),
  content: v.string(),
  contentId: v.optional(
    v.pipe(oneLine, v.regex(/^[!-;=?-~]{1,255}$/, '1 to 255 printable ASCII characters, no space, no angle brackets')),
  ),
});

const CalendarSchema = v.strictObject({
  method: v.pipe(oneLine, v.regex(/^[A-Za-z]{1,40}$/, 'a method such as REQUEST or CANCEL')),
  content: v.pipe(
    v.string(),
    v.regex(/^\s*BEGIN:VCALENDAR\r?\n/i, 'iCalendar text, which begins with BEGIN:VCALENDAR'),
  ),
});

const TemplateSchema = v.strictObject({
  name: shown,
  data: v.optional(
    v.custom<Readonly<Record<string, unknown>>>(
      (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
      'expected an object',
    ),
    {},
  ),
});

/** A send request as design and documentation describe it; unknown fields are refused, so that a typo is heard. */
const SendRequestSchema = v.strictObject({
  from: v.optional(oneLine),
  to: addresses,
  cc: addresses,
  bcc: addresses,
  replyTo: addresses,
  subject: v.optional(v.pipe(oneLine, v.maxLength(VALUE_CHARS, `at most ${VALUE_CHARS} characters`))),
  text: v.optional(v.string()),
  html: v.optional(v.string()),
  headers: v.optional(entries(headerNameFault, headerValueFault), {}),
  attachments: v.optional(v.array(AttachmentSchema), []),
  calendar: v.optional(CalendarSchema),
  raw: v.optional(v.string()),
  template: v.optional(TemplateSchema),
  stream: v.optional(name),
  tags: v.optional(entries(tagNameFault, tagValueFault), {}),
  configurationSet: v.optional(name),
  onSuppressed: v.optional(v.picklist(['drop', 'reject']), 'drop'),
  unsubscribe: v.optional(v.boolean(), false),
  idempotencyKey: v.optional(
    v.pipe(
      oneLine,
      v.minLength(1, 'at least one character'),
      v.maxLength(KEY_CHARS, `at most ${KEY_CHARS} characters`),
    ),
  ),
});

/**
 * A validated request: addresses and base64 are still as given, defaults are filled in. Its content is of one form:
 * `raw`, `template`, or the other fields, with a subject then.
 *
 * @example { from: 'Ledger <no-reply@ledger.example>', to: ['Pat <pat@target.example>'], cc: [], bcc: [], replyTo: [],
 *   subject: 'Your receipt', text: '…', headers: {}, attachments: [], stream: 'receipts', tags: {},
 *   onSuppressed: 'drop', unsubscribe: false }
 */
export type SendRequest = v.InferOutput<typeof SendRequestSchema>;

/** The fields a send request may have. */
export const REQUEST_FIELDS: readonly string[] = Object.keys(SendRequestSchema.entries);

const FIELDS = {
  '': REQUEST_FIELDS,
  attachments: Object.keys(AttachmentSchema.entries),
  calendar: Object.keys(CalendarSchema.entries),
  template: Object.keys(TemplateSchema.entries),
};

/**
 * Reads a send request.
 *
 * @returns the request, or `InvalidRequest` that names every field at fault with its value
 */
export const parseSendRequest = (raw: unknown): Result<SendRequest, SendFailure> => {
  if (Array.isArray(raw)) return fail(sendFailure('InvalidRequest', `expected one request, got ${quote(raw)}`));
  const parsed = v.safeParse(SendRequestSchema, raw);
  if (!parsed.success)
    return fail(
      sendFailure(
        'InvalidRequest',
        parsed.issues
          .slice(0, 5)
          .map((issue) => describeIssue(issue, FIELDS))
          .join('; '),
      ),
    );
  const fault = formFault(parsed.output);
  return fault === undefined ? ok(parsed.output) : fail(sendFailure('InvalidRequest', fault));
};
