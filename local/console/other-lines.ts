import { parsedJson } from '../../cli/deployment/function-failure.ts';
import { printable } from '../../cli/output/printable.ts';
import { counted } from '../../cli/output/words.ts';
import { type FeedLine, feedItem } from '../../console/server/feed/feed-line.ts';
import { rawJson, rawText } from '../../console/server/feed/raw-text.ts';
import { STREAM_TAG } from '../../core/contract/index.ts';
import { type Instant, toIso } from '../../core/instant.ts';
import type { PublishedNotice } from '../alarms/notices-server.ts';
import type { Parked } from '../queue/queues.ts';
import { type AcceptedMail, headerValue, subjectOf } from '../ses/mail.ts';
import { bareAddress } from '../ses/mailbox.ts';
import { requestParts, shortenedRequest } from './request-parts.ts';

const NOTHING = { because: null, source: null, lacks: null };

/** A mail that SES accepted. */
export const acceptedLine = (mail: AcceptedMail): FeedLine => {
  const { acceptedAt, messageId, recipients, tags, raw, content, headers } = mail;
  const whole =
    raw === null
      ? rawJson('Mail as it was given to SES', { headers, ...content })
      : rawText('Mail as it was given to SES', 'mime', raw);
  return {
    item: feedItem({
      at: acceptedAt.toISOString(),
      what: 'accepted',
      addresses: recipients.map(bareAddress),
      subject: subjectOf(mail),
      stream: headerValue(tags, STREAM_TAG) ?? null,
      messageId,
    }),
    told: {
      ...NOTHING,
      sentence: `SES accepted a mail for ${counted(recipients.length, 'recipient')}; feedback says what became of it.`,
      raw: [whole],
    },
  };
};

/** A message that was set aside in a dead-letter queue. */
export const setAsideLine = ({ at, kind, messageId, code, message, subject, body }: Parked): FeedLine => {
  const what = kind === 'feedback' ? 'feedback message' : 'queued request';
  const why = code === null ? 'it failed too many times' : `${printable(code)}: ${printable(message ?? '')}`;
  const letter = parsedJson(body) ?? body;
  const { recipients, stream } = requestParts(kind === 'send' ? letter : undefined);
  return {
    item: feedItem({
      at: at.toISOString(),
      what: 'set-aside',
      addresses: recipients,
      subject,
      stream,
      messageId,
      reason: code,
      finding: `${what}, ${why}`,
    }),
    told: {
      ...NOTHING,
      sentence: `A ${what} was set aside in its dead-letter queue, from where it can be fed back: ${why}.`,
      raw: [kind === 'send' ? rawJson('Request', shortenedRequest(letter)) : rawJson('Message as it came', body)],
    },
  };
};

/** A message on the alarm topic. */
export const noticeLine = ({ at, messageId, subject, message }: PublishedNotice): FeedLine => ({
  item: feedItem({ at: at.toISOString(), what: 'notice', subject, messageId, finding: message }),
  told: {
    ...NOTHING,
    sentence: `The alarm topic was told: ${printable(subject ?? message)}`,
    raw: [rawText('Message on the alarm topic', 'text', message)],
  },
});

/** Recipients of queued requests that were left out: the queue function counts them and does not say who they are. */
export const queuedWithheldLine = (recipients: number, now: Instant): FeedLine => {
  const finding = `${counted(recipients, 'recipient')} of queued requests withheld`;
  return {
    item: { ...feedItem({ at: toIso(now), what: 'withheld', finding }), recipients },
    told: {
      ...NOTHING,
      sentence: `${finding}: the list says that they may not be mailed.`,
      raw: [],
      lacks:
        'The queue function counts whom it leaves out and does not say who they are; the list says who is suppressed.',
    },
  };
};
