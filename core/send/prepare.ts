import { parseMailbox } from '../address/address.ts';
import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';
import type { SendError } from './answer.ts';
import { sendFailure } from './failure.ts';
import type { NamedAddress } from './mailer.ts';
import { type Recipients, readRecipients } from './recipients.ts';
import { MAX_RECIPIENTS, parseSendRequest, type SendRequest } from './request.ts';

/** A request whose every address was read and whose configuration set is one that is wired. */
export interface Prepared {
  readonly request: SendRequest;
  readonly from: NamedAddress;
  readonly replyTo: readonly NamedAddress[];
  readonly recipients: Recipients;
  readonly configurationSet: string;
}

/** The configuration sets a request may use. */
export interface ConfigurationSets {
  /** Used when a request names none. */
  readonly configurationSet: string;
  /** All that are wired to the feedback. */
  readonly configurationSets: readonly string[];
}

const invalid = (message: string): { readonly ok: false; readonly error: SendError } =>
  fail(sendFailure('InvalidRequest', message));

const readNamed = (given: readonly string[], field: string): Result<NamedAddress[], SendError> => {
  const read: NamedAddress[] = [];
  for (const raw of given) {
    const parsed = parseMailbox(raw);
    if (!parsed.ok) return invalid(`${field}: ${parsed.error.message}`);
    read.push({ name: parsed.value.name, address: parsed.value.addrSpec });
  }
  return ok(read);
};

const checkCount = ({ usable, refused }: Recipients): Result<Recipients, SendError> => {
  const given = usable.length + refused.length;
  if (given === 0) return invalid('no recipient: to, cc and bcc are all empty');
  if (given > MAX_RECIPIENTS)
    return invalid(`${given} recipients in one message; SES takes at most ${MAX_RECIPIENTS}, split the request`);
  if (usable.length > 0) return ok({ usable, refused });
  return fail({ ...sendFailure('InvalidRequest', `every recipient is malformed: ${refused[0]?.message}`), refused });
};

/**
 * Validates a request as a whole before anything is read or sent.
 *
 * @returns the request ready to be checked against the list, or `InvalidRequest` or `ConfigurationSetNotFound`
 */
export const prepare = (raw: unknown, sets: ConfigurationSets): Result<Prepared, SendError> => {
  const parsed = parseSendRequest(raw);
  if (!parsed.ok) return parsed;
  const request = parsed.value;
  const from = readNamed([request.from], 'from');
  if (!from.ok) return from;
  const replyTo = readNamed(request.replyTo, 'replyTo');
  if (!replyTo.ok) return replyTo;
  const recipients = checkCount(readRecipients(request));
  if (!recipients.ok) return recipients;
  const configurationSet = request.configurationSet ?? sets.configurationSet;
  if (!sets.configurationSets.includes(configurationSet))
    return fail(
      sendFailure(
        'ConfigurationSetNotFound',
        `configurationSet ${quote(configurationSet)} is not wired to the feedback; wired: ${sets.configurationSets.join(', ')}`,
      ),
    );
  const [sender] = from.value;
  return sender === undefined
    ? invalid('from: no sender')
    : ok({ request, from: sender, replyTo: replyTo.value, recipients: recipients.value, configurationSet });
};
