import { isoOrNull } from '../../../cli/output/json-line.ts';
import { printable } from '../../../cli/output/printable.ts';
import type { Policy } from '../../../core/contract/index.ts';
import { classify, isVerdict, type Unusable, type Verdict } from '../../../core/decisions/classify.ts';
import { ruleOf } from '../../../core/decisions/decide.ts';
import { readMail } from '../../../core/feedback/mail.ts';
import { isFields, type Opened, openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { type Instant, toIso } from '../../../core/instant.ts';
import type { Problem } from '../../../core/result.ts';
import type { RawText } from '../../api.ts';
import { type FeedLine, feedItem } from './feed-line.ts';
import { findingOf } from './finding.ts';
import { rawJson } from './raw-text.ts';
import { sentenceOf } from './sentence.ts';

/** A message as it was published. */
export interface PublishedFeedback {
  /** As SNS carries it: text that should be JSON. */
  readonly message: string;
  readonly at: Instant;
}

type Fields = { readonly [field: string]: unknown };

/** Lines of one message: SES's are about 50 recipients at most, a stranger's about as many as it pleases. */
const MOST_LINES = 100;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What the message says of the mail, for people: whom it was for, what it was about. */
const mailOf = (message: Fields) => {
  const { messageId = null, stream = null } = readMail(message.mail);
  const { commonHeaders, destination } = isFields(message.mail) ? message.mail : ({} as Fields);
  return {
    messageId,
    stream,
    subject: isFields(commonHeaders) ? textOf(commonHeaders.subject) : null,
    to: Array.isArray(destination) ? destination.filter((each) => typeof each === 'string') : [],
  };
};

interface Context {
  readonly at: string;
  readonly raw: readonly RawText[];
  readonly now: Instant;
}

const unreadable = (type: string | null, { code, message }: Problem, sentence: string, context: Context): FeedLine => ({
  item: feedItem({ at: context.at, what: 'feedback', type, finding: `${code}: ${message}` }),
  told: { sentence: `${sentence}: ${printable(message)}.`, because: null, source: null, raw: context.raw, lacks: null },
});

const decided = (line: Verdict | Unusable, message: Fields, context: Context): FeedLine => {
  const { at, raw, now } = context;
  if (!isVerdict(line))
    return unreadable(line.type, line.problem, 'One recipient has an address that cannot be used', context);
  const { messageId, stream, subject, to } = mailOf(message);
  const { rule, effect, reason, scope, until } = line.decision;
  const about = line.address === null ? (rule === 'foreign-recipient' ? [] : to) : [line.address];
  const { because = null, source = null } = ruleOf(rule) ?? {};
  const sentence = sentenceOf(line, now);
  return {
    item: feedItem({
      at,
      what: 'feedback',
      type: line.type,
      addresses: about,
      stream,
      subject,
      messageId,
      rule,
      effect,
      reason,
      scope,
      until: isoOrNull(until),
      finding: findingOf(line, message),
    }),
    // where no server said anything, the sentence has the reason itself
    told: {
      sentence,
      because: because !== null && sentence.includes(because) ? null : because,
      source,
      raw,
      lacks: null,
    },
  };
};

const linesOf = (opened: Opened, policy: Policy, context: Context): FeedLine[] => {
  const read = classify(opened, policy);
  if (read.kind === 'malformed')
    return [unreadable(null, read.problem, 'Nobody can read this message, so it is set aside', context)];
  const message = opened.kind === 'message' ? opened.message : {};
  return read.lines.map((line) => decided(line, message, context));
};

/**
 * What SES said in one message, as lines of the feed: one for each decision, made by the code that the feedback function
 * runs. A message that nobody can read is a line too, with the code and the words of its problem.
 *
 * @param now - what an end is seen from in the sentence
 * @returns at least one line, and 101 at the most: the last then says that there are more. Never throws
 * @example feedbackItems({ message: '{"eventType":"Bounce",…}', at }, DEFAULT_POLICY, at)[0]?.item.rule // 'hard-bounce'
 */
export const feedbackItems = ({ message, at }: PublishedFeedback, policy: Policy, now: Instant): FeedLine[] => {
  const context: Context = { at: toIso(at), raw: [rawJson('Message from SES', message)], now };
  const lines = openEnvelope(message, at).flatMap((opened) => linesOf(opened, policy, context));
  if (lines.length <= MOST_LINES) return lines.length > 0 ? lines : [nothing(context)];
  const more = lines.length - MOST_LINES;
  const sentence = `The message has ${more} more decisions than are shown.`;
  return [
    ...lines.slice(0, MOST_LINES),
    {
      item: feedItem({ at: context.at, what: 'feedback', finding: sentence }),
      told: { sentence, because: null, source: null, raw: context.raw, lacks: null },
    },
  ];
};

/** A list of records without one. */
const nothing = ({ at, raw }: Context): FeedLine => {
  const sentence = 'The message is an envelope with nothing in it.';
  const told = { sentence, because: null, source: null, raw, lacks: null };
  return { item: feedItem({ at, what: 'feedback', finding: sentence }), told };
};
