import { type SendCode, type SendFailure, sendFailure } from '../core/send/failure.ts';
import type { OutgoingMail } from '../core/send/mailer.ts';
import { SIZE_LIMITS } from '../core/send/size.ts';
import { cleanText } from '../core/text.ts';
import { neverOpened } from './never-opened.ts';
import { unverifiedIn } from './unverified-identity.ts';

/** What an error means for the mail, and whether to try once more here. */
export interface SesVerdict {
  readonly failure: SendFailure;
  /** SES refused by rate, or no connection was opened: nothing left, and a later try may succeed. */
  readonly again: boolean;
}

/** A refusal by SES: its code on the wire, and its text in lower case. */
interface Refusal {
  readonly code: string;
  readonly text: string;
  readonly mail: OutgoingMail;
}

interface Rule {
  /** Codes as on the wire; the SDK's names differ by the ending `Exception` at most. */
  readonly codes: readonly string[];
  /** Absent: whatever the text is. */
  readonly when?: (refusal: Refusal) => boolean;
  readonly is: SendCode;
  /** Absent: the remedy of the code. */
  readonly remedy?: string;
  readonly again?: true;
  /** The same mail is refused again until somebody mends what is wrong, whatever is usual of the code. */
  readonly inVain?: true;
}

const says =
  (...words: readonly string[]) =>
  ({ text }: Refusal): boolean =>
    words.some((word) => text.includes(word));

const THROTTLING = ['Throttling', 'TooManyRequests', 'RequestLimitExceeded', 'RequestThrottled', 'SlowDown'];
const INVALID = [
  'InvalidParameterValue',
  'ValidationError',
  'InvalidParameterCombination',
  'MissingParameter',
  'InvalidTemplate',
  'InvalidRenderingParameter',
  'MissingRenderingAttribute',
];
const STRANGER = [
  'ExpiredToken',
  'RequestExpired',
  'InvalidClientTokenId',
  'UnrecognizedClient',
  'IncompleteSignature',
  'InvalidSignature',
  'SignatureDoesNotMatch',
  'MissingAuthenticationToken',
  'AuthFailure',
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'OptInRequired',
  'SubscriptionRequired',
];

const NOT_VERIFIED = 'address is not verified';
const MAIL_FROM =
  'The MX record of the custom MAIL FROM domain is missing: publish it, or let SES fall back to its own domain.';
const PAUSED_SET =
  'Sending is paused for this configuration set: `ses-suppressor doctor` says by whom and how to resume it; or name another one.';
const CREDENTIALS =
  'SES did not accept the credentials, nothing was sent: check the role of the function, or your AWS profile and clock, then send again.';
const RECIPIENT_NAMED = 'Allow the sender in `senders` and deploy again; in the SES sandbox IAM checks recipients too.';

/**
 * The errors of SES's v1 API that are certain refusals: first row that fits. Whatever is in no row may have been accepted.
 *
 * @see Amazon SES API reference (2010-12-01), SendRawEmail, SendTemplatedEmail and common errors; Amazon SES Developer Guide, "Amazon SES
 * email sending errors"
 */
const RULES: readonly Rule[] = [
  { codes: THROTTLING, when: says('quota'), is: 'QuotaExceeded' },
  { codes: THROTTLING, when: says('sending rate', 'rate exceeded'), is: 'RateExceeded', again: true },
  { codes: THROTTLING, is: 'RateExceeded' },
  {
    codes: ['MessageRejected'],
    when: ({ text, mail }) =>
      text.includes(NOT_VERIFIED) && unverifiedIn(text, mail.source, mail.destinations) === 'recipient',
    is: 'RecipientNotVerified',
  },
  { codes: ['MessageRejected'], when: says(NOT_VERIFIED), is: 'SenderNotVerified' },
  {
    codes: ['MessageRejected'],
    when: says('paused', 'suspended', 'disabled', 'shut down', 'shutdown'),
    is: 'SendingPaused',
  },
  { codes: ['MessageRejected', ...INVALID], when: says('message length is more than', 'too large'), is: 'TooLarge' },
  { codes: ['RequestEntityTooLarge'], is: 'TooLarge' },
  { codes: ['MessageRejected', 'LimitExceeded'], is: 'MessageRejected' },
  { codes: ['AccountSendingPaused'], is: 'SendingPaused' },
  { codes: ['ConfigurationSetSendingPaused'], is: 'SendingPaused', remedy: PAUSED_SET },
  { codes: ['ConfigurationSetDoesNotExist'], is: 'ConfigurationSetNotFound' },
  { codes: ['TemplateDoesNotExist'], is: 'TemplateNotFound' },
  { codes: ['MailFromDomainNotVerified'], is: 'SenderNotVerified', remedy: MAIL_FROM },
  { codes: INVALID, is: 'InvalidRequest' },
  { codes: ['AccessDenied', 'NotAuthorized'], is: 'SenderNotAllowed', remedy: RECIPIENT_NAMED },
  { codes: STRANGER, is: 'SesUnreachable', remedy: CREDENTIALS, inVain: true },
];

/** Characters of SES's text that are looked at: it may name 50 recipients, and then some. */
const READ = 65_536;
/** Characters of it that are told. */
const TOLD = 500;

/** What may be there on an error of the SDK: fields, not its class, because errors come from more than one realm. */
interface Thrown {
  readonly name?: unknown;
  readonly Code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const thrown = (error: unknown): Thrown => (typeof error === 'object' && error !== null ? error : {});

const wordsOf = (error: unknown, most = TOLD): string => cleanText(String(thrown(error).message ?? error), most);

const wireCode = (error: unknown): string => {
  const { Code, name } = thrown(error);
  return String(Code ?? name ?? '').replace(/Exception$/, '');
};

const unknown = (message: string): SesVerdict => ({ failure: sendFailure('OutcomeUnknown', message), again: false });

/** What was sent, as `TooLarge` tells it; SES measures it encoded, or with a template around it. */
const sizeOf = (mail: OutgoingMail): string =>
  mail.kind === 'raw'
    ? `the message has ${mail.raw.byteLength} bytes`
    : `the data of the template has ${Buffer.byteLength(mail.data)} bytes`;

const refusalOf = (error: unknown, mail: OutgoingMail): SesVerdict | undefined => {
  const refusal: Refusal = { code: wireCode(error), text: wordsOf(error, READ).toLowerCase(), mail };
  const rule = RULES.find(({ codes, when }) => codes.includes(refusal.code) && (when === undefined || when(refusal)));
  if (rule === undefined) return undefined;
  const { is, remedy, again, inVain } = rule;
  const size = is === 'TooLarge' ? `ses: ${sizeOf(mail)}, at most ${SIZE_LIMITS.ses} are taken encoded; ` : '';
  const failure = sendFailure(is, `${size}SES: ${wordsOf(error)}`, remedy);
  return { failure: inVain ? { ...failure, retryable: false } : failure, again: again === true };
};

/**
 * What an error of `SendRawEmail` or `SendTemplatedEmail` means: a refusal that is certain, a request that never left, or neither, and then SES
 * may have accepted the mail.
 *
 * @param error - as the SDK threw it
 * @param mail - tells an unverified sender from an unverified recipient
 * @param neverLeft - whether it is known that no request was handed to the network, for lack of credentials for example
 * @example readSesError(error, mail, false).failure.code // 'QuotaExceeded'
 */
export const readSesError = (error: unknown, mail: OutgoingMail, neverLeft: boolean): SesVerdict => {
  if (neverOpened(error))
    return { failure: sendFailure('SesUnreachable', `no connection to SES: ${wordsOf(error)}`), again: true };
  if (neverLeft) {
    const failure = sendFailure('SesUnreachable', `no request could be made: ${wordsOf(error)}`, CREDENTIALS);
    return { failure: { ...failure, retryable: false }, again: false };
  }
  const status = thrown(error).$metadata?.httpStatusCode;
  if (status !== undefined && status >= 500) return unknown(`SES answered ${status}: ${wordsOf(error)}`);
  return refusalOf(error, mail) ?? unknown(`no clear answer from SES: ${wordsOf(error)}`);
};
