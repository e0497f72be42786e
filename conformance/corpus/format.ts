import * as v from 'valibot';

/** The form of the corpus, as `schema.json` tells it to other languages; a test keeps the two in step. */

const text = v.pipe(v.string(), v.minLength(1));
const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected lower-case words with hyphens between them'),
);
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'expected a time in UTC with milliseconds'),
);
const about = { id, title: text, source: text };
const policy = v.optional(v.record(v.string(), v.unknown()));

/** What wraps the message of a case, outermost first. */
export const ENVELOPES = [
  'bare',
  'bare-text',
  'bare-bytes',
  'sns',
  'sns-sns',
  'sqs-record',
  'sqs-raw',
  'sqs-sns',
  'sqs-mixed',
  'sqs-eventbridge',
  'sqs-sns-eventbridge',
  'sqs-on-failure',
  'sqs-sns-on-failure',
  'lambda-sns',
  'eventbridge',
  'on-failure',
  'unknown',
] as const;

const DecidedLine = v.strictObject({
  type: text,
  address: v.nullable(text),
  at: v.nullable(instant),
  rule: text,
  effect: v.picklist(['suppress', 'hold', 'strike', 'lift', 'reset', 'none']),
  reason: text,
  scope: v.nullable(text),
  until: v.nullable(instant),
});
const UnusableLine = v.strictObject({ type: text, address: v.null(), at: v.null(), unusable: text });
const MalformedLine = v.strictObject({ malformed: text });
const Line = v.union([DecidedLine, UnusableLine, MalformedLine]);

const MessageCase = v.strictObject({
  ...about,
  envelope: v.picklist(ENVELOPES),
  policy,
  encoding: v.optional(v.literal('base64')),
  input: v.unknown(),
  expected: v.array(Line),
});

const AddressCase = v.strictObject({
  ...about,
  input: v.unknown(),
  expected: v.union([v.strictObject({ key: text }), v.strictObject({ key: v.null(), reason: text })]),
});

const Step = v.union([
  v.strictObject({ name: id, message: v.unknown() }),
  v.strictObject({
    name: id,
    operator: v.strictObject({
      action: v.picklist(['remove', 'allow', 'add']),
      address: text,
      scope: text,
      at: instant,
      by: v.string(),
      note: v.string(),
    }),
  }),
  v.strictObject({
    name: id,
    choice: v.strictObject({ action: v.picklist(['opt-out', 'opt-in']), address: text, stream: text, at: instant }),
  }),
]);

const MailAnswer = v.union([
  v.strictObject({ blocked: v.literal(false) }),
  v.strictObject({ blocked: v.literal(true), reason: text, scope: text, until: v.nullable(instant) }),
]);
const EntryAnswer = v.strictObject({
  status: v.picklist(['suppressed', 'watched', 'allowed']),
  reason: v.nullable(text),
  since: v.nullable(instant),
  until: v.nullable(instant),
});
const after = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const Question = v.union([
  v.strictObject({
    after,
    ask: v.literal('mail'),
    address: text,
    stream: v.optional(text),
    at: instant,
    expected: MailAnswer,
  }),
  v.strictObject({ after, ask: v.literal('entry'), address: text, scope: text, expected: v.nullable(EntryAnswer) }),
]);

const SequenceCase = v.strictObject({
  ...about,
  policy,
  steps: v.pipe(v.array(Step), v.minLength(1)),
  orders: v.optional(
    v.union([v.literal('every'), v.pipe(v.array(v.pipe(v.array(id), v.minLength(1))), v.minLength(1))]),
  ),
  questions: v.pipe(v.array(Question), v.minLength(1)),
});

const file = { $schema: text, theme: id, about: text };

/** One file of the corpus. */
export const CorpusFile = v.variant('kind', [
  v.strictObject({ ...file, kind: v.literal('messages'), cases: v.array(MessageCase) }),
  v.strictObject({ ...file, kind: v.literal('addresses'), cases: v.array(AddressCase) }),
  v.strictObject({ ...file, kind: v.literal('sequences'), cases: v.array(SequenceCase) }),
]);
export type CorpusFile = v.InferOutput<typeof CorpusFile>;

/** One expected or answered line about a message. */
export type Line = v.InferOutput<typeof Line>;
export type MessageCase = v.InferOutput<typeof MessageCase>;
export type AddressCase = v.InferOutput<typeof AddressCase>;
export type SequenceCase = v.InferOutput<typeof SequenceCase>;
export type Step = v.InferOutput<typeof Step>;
export type Question = v.InferOutput<typeof Question>;

/** A case with the kind and theme of its file. */
export type Case = { readonly theme: string } & (
  | ({ readonly kind: 'messages' } & MessageCase)
  | ({ readonly kind: 'addresses' } & AddressCase)
  | ({ readonly kind: 'sequences' } & SequenceCase)
);

/** `corpus.json`: which files there are, and which version of the corpus they make. */
export const Manifest = v.strictObject({
  $schema: text,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)),
  licence: v.literal('MIT'),
  files: v.array(text),
});
export type Manifest = v.InferOutput<typeof Manifest>;
