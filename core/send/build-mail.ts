import { STREAM_TAG } from '../contract/index.ts';
import { countParts } from '../mime/count-parts.ts';
import { prependHeaders } from '../mime/header-block.ts';
import { fail, ok, type Result } from '../result.ts';
import type { UnsubscribeLinks } from '../unsubscribe/unsubscribe-links.ts';
import type { Content } from './content.ts';
import { type SendFailure, sendFailure } from './failure.ts';
import type { Compose, NamedAddress, OutgoingMail } from './mailer.ts';
import type { Prepared } from './prepare.ts';
import type { Recipient, RecipientField } from './recipients.ts';
import { tooLarge, tooManyParts } from './size.ts';
import { unsubscribeHeaders, withLink } from './unsubscribe-link.ts';

/** What building a message takes. */
export interface BuildDeps {
  readonly compose: Compose;
  /** Absent: one-click unsubscribe is not deployed. */
  readonly unsubscribe?: UnsubscribeLinks;
}

/** The recipient's own link; undefined if the request asks for none. */
const linkFor = async (
  { unsubscribe, stream }: Prepared['request'],
  [recipient]: readonly Recipient[],
  links: UnsubscribeLinks | undefined,
): Promise<string | undefined> => {
  if (!unsubscribe || stream === undefined || recipient === undefined) return undefined;
  if (links === undefined) throw new Error('one-click unsubscribe is not deployed');
  return links.link(recipient.mailbox.key, stream);
};

/** MIME for the mailable: composed, or as it came with headers in front. */
const mimeOf = async (
  content: Exclude<Content, { readonly kind: 'template' }>,
  link: string | undefined,
  named: (field: RecipientField) => readonly NamedAddress[],
  { from, replyTo }: Prepared,
  compose: Compose,
): Promise<Uint8Array> => {
  const added = link === undefined ? [] : unsubscribeHeaders(link);
  if (content.kind === 'raw') return link === undefined ? content.raw : prependHeaders(content.raw, added);
  const message = link === undefined ? content.message : withLink(content.message, link);
  const headers = [...message.headers, ...added];
  return compose({ ...message, from, to: named('to'), cc: named('cc'), replyTo, headers });
};

/**
 * Makes the mail for those who may be mailed. It names nobody else, except that a raw message keeps its headers.
 *
 * @returns the mail, or `UnsubscribeUnavailable`, `TooLarge` or, if the content cannot be composed, `InvalidRequest`
 * @throws never
 */
export const buildMail = async (
  prepared: Prepared,
  mailable: readonly Recipient[],
  { compose, unsubscribe }: BuildDeps,
): Promise<Result<OutgoingMail, SendFailure>> => {
  const { request, content, from, replyTo, configurationSet, tags } = prepared;
  const named = (field: RecipientField): NamedAddress[] =>
    mailable
      .filter((each) => each.field === field)
      .map(({ mailbox }) => ({ name: mailbox.name, address: mailbox.addrSpec }));
  const envelope = {
    source: from.address,
    destinations: mailable.map(({ mailbox }) => mailbox.addrSpec),
    tags: request.stream === undefined ? tags : { ...tags, [STREAM_TAG]: request.stream },
    configurationSet,
  };
  if (content.kind === 'template') {
    const people = { from, to: named('to'), cc: named('cc'), bcc: named('bcc'), replyTo };
    return ok({ kind: 'template', template: content.template, data: content.data, ...people, ...envelope });
  }
  let link: string | undefined;
  try {
    link = await linkFor(request, mailable, unsubscribe);
  } catch (error) {
    return fail(sendFailure('UnsubscribeUnavailable', `no unsubscribe link could be made: ${String(error)}`));
  }
  let raw: Uint8Array;
  try {
    raw = await mimeOf(content, link, named, prepared, compose);
  } catch (error) {
    return fail(sendFailure('InvalidRequest', `the message cannot be built: ${String(error)}`));
  }
  // The parts of a raw message were counted when it was read, and a header more makes it no more of them.
  const fault =
    tooLarge('ses', raw.byteLength, 'the message') ??
    (content.kind === 'raw' ? undefined : tooManyParts(countParts(raw)));
  return fault === undefined ? ok({ kind: 'raw', raw, ...envelope }) : fail(fault);
};
