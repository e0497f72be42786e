import { parseAddress, parseMailbox } from '../address/address.ts';
import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';
import type { UnsubscribeLinks } from '../unsubscribe/unsubscribe-links.ts';
import type { HeaderMismatch, SendError } from './answer.ts';
import { builtContent, type Content, templateContent } from './content.ts';
import { sendFailure } from './failure.ts';
import { headerMismatch } from './header-mismatch.ts';
import type { NamedAddress } from './mailer.ts';
import { type RawMessage, readRawMessage } from './raw-message.ts';
import { type Recipients, readRecipients } from './recipients.ts';
import { MAX_RECIPIENTS, parseSendRequest, type SendRequest } from './request.ts';

/** A request whose every address was read and whose configuration set is one that is wired. */
export interface Prepared {
  readonly request: SendRequest;
  readonly content: Content;
  readonly from: NamedAddress;
  readonly replyTo: readonly NamedAddress[];
  readonly recipients: Recipients;
  readonly configurationSet: string;
  /** The request's own tags and those of a raw message; stream and key not yet among them. */
  readonly tags: Readonly<Record<string, string>>;
  /** The Message-ID the caller gave, angle brackets included: SES replaces it. */
  readonly ownMessageId: string | undefined;
  /** Of raw messages only. */
  readonly headerMismatch: HeaderMismatch | undefined;
}

/** The configuration sets a request may use. */
export interface ConfigurationSets {
  /** Used when a request names none. */
  readonly configurationSet: string;
  /** All that are wired to the feedback. */
  readonly configurationSets: readonly string[];
}

/** What is deployed, as far as a request can ask for it. */
export interface Deployed extends ConfigurationSets {
  /** Absent: one-click unsubscribe is not deployed. */
  readonly unsubscribe?: UnsubscribeLinks;
}

const NO_LINKS = 'Switch one-click unsubscribe on in the configuration and deploy again, or leave "unsubscribe" out.';

const invalid = (message: string, remedy?: string): { readonly ok: false; readonly error: SendError } =>
  fail(sendFailure('InvalidRequest', message, remedy));

const readNamed = (given: readonly string[], field: string): Result<NamedAddress[], SendError> => {
  const read: NamedAddress[] = [];
  for (const raw of given) {
    const parsed = parseMailbox(raw);
    if (!parsed.ok) return invalid(`${field}: ${parsed.error.message}`);
    read.push({ name: parsed.value.name, address: parsed.value.addrSpec });
  }
  return ok(read);
};

const keyOf = (given: string): string | undefined => {
  const parsed = parseAddress(given);
  return parsed.ok ? parsed.value : undefined;
};

/** The sender: `from`, which the From header of a raw message must name too, or the one mailbox of that header. */
const readSender = ({ from }: SendRequest, message: RawMessage | undefined): Result<NamedAddress, SendError> => {
  const named = message?.from ?? [];
  const given = from === undefined ? named : [from];
  if (given.length !== 1)
    return invalid(
      `raw: its From header names ${given.length} mailboxes; ${given.length === 0 ? 'write the sender there' : 'give the one that sends as "from"'}`,
    );
  const read = readNamed(given, from === undefined ? 'raw: From' : 'from');
  if (!read.ok) return read;
  const [sender] = read.value;
  if (sender === undefined) return invalid('from: no sender');
  if (message === undefined || named.some((each) => keyOf(each) === keyOf(sender.address))) return ok(sender);
  return invalid(
    `from is ${quote(sender.address)}, but the From header of raw, which recipients see, names ${named[0] === undefined ? 'nobody' : quote(named[0])}; give the same sender in both`,
  );
};

const checkCount = ({ usable, refused }: Recipients, where: string): Result<Recipients, SendError> => {
  const given = usable.length + refused.length;
  if (given === 0) return invalid(`no recipient: ${where}`);
  if (given > MAX_RECIPIENTS)
    return invalid(`${given} recipients in one message; SES takes at most ${MAX_RECIPIENTS}, split the request`);
  if (usable.length > 0) return ok({ usable, refused });
  return fail({ ...sendFailure('InvalidRequest', `every recipient is malformed: ${refused[0]?.message}`), refused });
};

/** The envelope: the request's recipients if it has any, else those of a raw message's headers. */
const readEnvelope = (
  request: SendRequest,
  message: RawMessage | undefined,
): Result<Pick<Prepared, 'recipients' | 'headerMismatch'>, SendError> => {
  const given = checkCount(readRecipients(request), 'to, cc and bcc are all empty');
  if (message === undefined) return given.ok ? ok({ recipients: given.value, headerMismatch: undefined }) : given;
  const named = readRecipients(message.recipients);
  if (request.to.length + request.cc.length + request.bcc.length > 0)
    return given.ok
      ? ok({ recipients: given.value, headerMismatch: headerMismatch(named.usable, given.value.usable) })
      : given;
  const envelope = checkCount(named, 'neither the request nor To, Cc and Bcc of the message name one');
  return envelope.ok ? ok({ recipients: named, headerMismatch: headerMismatch(named.usable, named.usable) }) : envelope;
};

const readContent = (request: SendRequest, message: RawMessage | undefined): Result<Content, SendError> => {
  if (message !== undefined) return ok({ kind: 'raw', raw: message.raw });
  return request.template === undefined ? builtContent(request) : templateContent(request.template);
};

const checkUnsubscribe = (
  { unsubscribe }: SendRequest,
  { usable, refused }: Recipients,
  deployed: Deployed,
): SendError | undefined => {
  if (!unsubscribe) return undefined;
  if (deployed.unsubscribe === undefined)
    return sendFailure('InvalidRequest', 'unsubscribe: one-click unsubscribe is not deployed', NO_LINKS);
  const count = usable.length + refused.length;
  if (count === 1) return undefined;
  return sendFailure(
    'InvalidRequest',
    `unsubscribe: the link is one recipient's own, got ${count} recipients; send a request to each`,
  );
};

const ownMessageId = ({ headers }: SendRequest): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'message-id')?.[1];

/**
 * Validates a request as a whole before anything is read or sent.
 *
 * @returns the request ready to be checked against the list, or `InvalidRequest`, `TooLarge` or `ConfigurationSetNotFound`
 * @throws never
 */
export const prepare = (raw: unknown, deployed: Deployed): Result<Prepared, SendError> => {
  const parsed = parseSendRequest(raw);
  if (!parsed.ok) return parsed;
  const request = parsed.value;
  const read = request.raw === undefined ? ok(undefined) : readRawMessage(request.raw, request);
  if (!read.ok) return read;
  const message = read.value;
  const from = readSender(request, message);
  if (!from.ok) return from;
  const replyTo = readNamed(request.replyTo, 'replyTo');
  if (!replyTo.ok) return replyTo;
  const envelope = readEnvelope(request, message);
  if (!envelope.ok) return envelope;
  const content = readContent(request, message);
  if (!content.ok) return content;
  const noLink = checkUnsubscribe(request, envelope.value.recipients, deployed);
  if (noLink !== undefined) return fail(noLink);
  const configurationSet = message?.configurationSet ?? request.configurationSet ?? deployed.configurationSet;
  if (!deployed.configurationSets.includes(configurationSet))
    return fail(
      sendFailure(
        'ConfigurationSetNotFound',
        `configurationSet ${quote(configurationSet)} is not wired to the feedback; wired: ${deployed.configurationSets.join(', ')}`,
      ),
    );
  return ok({
    request,
    content: content.value,
    from: from.value,
    replyTo: replyTo.value,
    ...envelope.value,
    configurationSet,
    tags: { ...message?.tags, ...request.tags },
    ownMessageId: message === undefined ? ownMessageId(request) : message.messageId,
  });
};
