import * as v from 'valibot';
import { functionFailure, parsedJson } from '../../cli/deployment/function-failure.ts';
import { printable } from '../../cli/output/printable.ts';
import { counted, scopeWords, untilWords } from '../../cli/output/words.ts';
import { type FeedLine, feedItem } from '../../console/server/feed/feed-line.ts';
import { rawJson } from '../../console/server/feed/raw-text.ts';
import { type Instant, parseInstant, toIso } from '../../core/instant.ts';
import type { FunctionError, Outcome } from '../functions/outcome.ts';
import { requestParts, shortenedRequest } from './request-parts.ts';

const LOOK = 'Look at what the send function wrote: `npm start -- --verbose` shows it.';

const Suppressed = v.object({
  address: v.string(),
  reason: v.string(),
  scope: v.string(),
  until: v.nullable(v.string()),
});
const Refused = v.object({ given: v.string(), code: v.string(), message: v.string() });
const Answer = v.object({
  messageId: v.nullable(v.string()),
  sent: v.array(v.string()),
  suppressed: v.array(Suppressed),
  refused: v.array(Refused),
  duplicate: v.boolean(),
});
const Failure = v.object({ code: v.string(), message: v.string(), remedy: v.optional(v.string()) });

type Suppressed = v.InferOutput<typeof Suppressed>;
type Failure = v.InferOutput<typeof Failure>;

/** What all of them have in common; null where they differ. */
const shared = <T>(values: readonly T[]): T | null => {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
};

const suppressedWords = ({ address, reason, scope, until }: Suppressed, now: Instant): string =>
  `${printable(address)} is suppressed ${scopeWords(scope)}: ${printable(reason)}, ${untilWords(parseInstant(until), now)}`;

const rawOf = (request: unknown, answer: unknown) => [
  rawJson('Request', shortenedRequest(request)),
  rawJson('Answer of the send function', answer),
];

const withheldLine = (
  request: unknown,
  answer: v.InferOutput<typeof Answer>,
  whole: unknown,
  now: Instant,
): FeedLine[] => {
  const { messageId, sent, suppressed, refused, duplicate } = answer;
  const left = suppressed.length + refused.length;
  if (left === 0 || duplicate) return [];
  const words = [
    ...suppressed.map((each) => suppressedWords(each, now)),
    ...refused.map(({ code, message }) => `${printable(code)}: ${printable(message)}`),
  ];
  const { subject, stream } = requestParts(request);
  const alike = refused.length === 0;
  const rest = sent.length === 0 ? 'nothing was sent' : `SES has the mail for ${counted(sent.length, 'recipient')}`;
  return [
    {
      item: feedItem({
        at: toIso(now),
        what: 'withheld',
        addresses: [...suppressed.map(({ address }) => address), ...refused.map(({ given }) => given)],
        subject,
        stream,
        messageId,
        reason: alike ? shared(suppressed.map(({ reason }) => reason)) : null,
        scope: alike ? shared(suppressed.map(({ scope }) => scope)) : null,
        until: alike ? shared(suppressed.map(({ until }) => until)) : null,
        finding: words.join('; '),
      }),
      told: {
        sentence: `${left} of ${counted(left + sent.length, 'recipient')} left out, ${rest}. ${words.join('; ')}.`,
        because: null,
        source: null,
        raw: rawOf(request, whole),
        lacks: null,
      },
    },
  ];
};

const failedLine = (request: unknown, { code, message, remedy }: Failure, whole: unknown, now: Instant): FeedLine => {
  const { recipients, subject, stream } = requestParts(request);
  const what = `${printable(code)}: ${printable(message)}`;
  return {
    item: feedItem({
      at: toIso(now),
      what: 'failed',
      addresses: recipients,
      subject,
      stream,
      reason: code,
      finding: what,
    }),
    told: {
      sentence: `The send failed with ${what}${/[.!?]$/.test(what) ? '' : '.'}${remedy === undefined ? '' : ` ${remedy}`}`,
      because: null,
      source: null,
      raw: rawOf(request, whole),
      lacks: null,
    },
  };
};

/** What became of one request: an answer, or `{ error }` in the answer to an array. */
const answeredLines = (request: unknown, whole: unknown, now: Instant): FeedLine[] => {
  const failed = v.safeParse(v.object({ error: Failure }), whole);
  if (failed.success) return [failedLine(request, failed.output.error, whole, now)];
  const answer = v.safeParse(Answer, whole);
  return answer.success ? withheldLine(request, answer.output, whole, now) : [];
};

const errorJson = ({ errorType, errorMessage }: FunctionError) => ({
  errorType,
  errorMessage: parsedJson(errorMessage) ?? errorMessage,
});

/**
 * What an invocation of the send function tells beside the mails that SES accepts: who was left out and why, and what
 * failed. A line for each request that has something to tell; never throws.
 *
 * @param payload - what it was invoked with, as JSON text: one request, or an array of them
 */
export const sendLines = (payload: string, outcome: Outcome, now: Instant): FeedLine[] => {
  const requests = parsedJson(payload);
  if (!outcome.ok)
    return [failedLine(requests, functionFailure(JSON.stringify(outcome.error), LOOK), errorJson(outcome.error), now)];
  const answers = parsedJson(outcome.payload);
  if (!Array.isArray(requests)) return answeredLines(requests, answers, now);
  if (!Array.isArray(answers)) return [];
  return answers.flatMap((answer, i) => answeredLines(requests[i], answer, now));
};
