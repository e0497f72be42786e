import type { Withheld } from '../core/send/partition.ts';
import type { Refused } from '../core/send/recipients.ts';
import { quote } from '../core/text.ts';
import { isStream } from '../core/unsubscribe/stream.ts';
import { type CompiledMail, leaveOut, namedIn, unreadableIn } from './nodemailer-mail.ts';
import type { SuppressionList } from './suppression-list.ts';

/** How a transporter is guarded. */
export interface GuardOptions {
  /** The list to ask, at each send. */
  readonly list: Pick<SuppressionList, 'partition'>;
  /** The kind of mail that goes through this guard. @default - only what holds everywhere is checked */
  readonly stream?: string;
  /**
   * `drop` leaves suppressed recipients out and mails the others; with `reject` one of them is enough and nothing is sent.
   *
   * @default 'drop'
   */
  readonly onSuppressed?: 'drop' | 'reject';
}

/** What the guard adds to the info of each send. */
export interface GuardReport {
  /** Who was left out, and why. */
  readonly suppressed: readonly Withheld[];
  /** Texts without an address, malformed addresses, and those that SES would not deliver to; left out too. */
  readonly refused: readonly Refused[];
}

/** `TransporterInvalid`, or the option at fault; `MailInvalid` at a send that would go past the guard. */
export type GuardCode =
  | 'TransporterInvalid'
  | 'MailInvalid'
  | 'OptionsInvalid'
  | 'ListInvalid'
  | 'ScopeInvalid'
  | 'OnSuppressedInvalid';

/** There is no guard like that, or not for a mail like that. */
export class GuardInvalid extends TypeError {
  override readonly name = 'GuardInvalid';
  readonly code: GuardCode;

  constructor(code: GuardCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** With `reject`: somebody may not be mailed, so nothing was sent. */
export class RecipientsSuppressed extends Error {
  override readonly name = 'RecipientsSuppressed';
  readonly code = 'RecipientsSuppressed';
  readonly suppressed: readonly Withheld[];

  constructor(suppressed: readonly Withheld[]) {
    super(`${suppressed.length} recipients may not be mailed, nothing was sent; leave them out, or use "drop"`);
    this.suppressed = suppressed;
  }
}

type Done = (error: Error | null, info?: object) => void;
/** What nodemailer calls a transport: the last step of a send. */
interface Transport {
  send(mail: CompiledMail, done: Done): void;
}

type MailOf<T> = T extends { sendMail(mail: infer M, done: (error: never, info: never) => void): void } ? M : object;
type InfoOf<T> = T extends { sendMail(mail: never, done: (error: never, info: infer I) => void): void } ? I : object;

/** What a transport tells, without a Message-ID if nothing was sent. */
type Told<I> = GuardReport & (I extends { messageId: infer Id } ? Omit<I, 'messageId'> & { messageId?: Id } : I);

/** The transporter, and what its `sendMail` tells now. */
export type Guarded<T> = {
  sendMail(mail: MailOf<T>): Promise<Told<InfoOf<T>>>;
  sendMail(mail: MailOf<T>, done: (error: Error | null, info: Told<InfoOf<T>>) => void): void;
} & T;

/** A view of a thing in which one member is another. */
const withMember = <T extends object>(thing: T, member: string, instead: unknown): T =>
  new Proxy(thing, { get: (target, name) => (name === member ? instead : Reflect.get(target, name)) });

const isTransport = (thing: unknown): thing is Transport =>
  typeof thing === 'object' && thing !== null && 'send' in thing && typeof thing.send === 'function';

/** Nobody is left: what a transport would tell that mailed nobody, so without a Message-ID. */
const nobody = ({ message }: CompiledMail) => ({
  envelope: { from: message.getEnvelope().from, to: [] },
  accepted: [],
  rejected: [],
});

const unreadable = (given: string): Refused => ({
  given,
  code: 'AddressSyntax',
  message: `${quote(given)} holds no address; write user@domain`,
});

/** What nodemailer's SES transport lets a mail override: recipients and content that nobody has looked at. */
const UNSEEN = ['Destination', 'Content', 'Destinations', 'RawMessage'];

const refuseUnseen = ({ data }: CompiledMail): void => {
  const ses = typeof data.ses === 'object' && data.ses !== null ? data.ses : {};
  const unseen = UNSEEN.find((field) => Object.hasOwn(ses, field));
  if (unseen !== undefined)
    throw new GuardInvalid(
      'MailInvalid',
      `ses.${unseen} would go past the guard, nothing was sent; use to, cc, bcc and the content of the mail`,
    );
};

const guardTransport = (transport: Transport, { list, stream, onSuppressed = 'drop' }: GuardOptions): Transport => {
  /** The report, after the mail was changed; null if nothing may be sent. */
  const check = async (mail: CompiledMail) => {
    refuseUnseen(mail);
    const strays = unreadableIn(mail).map(unreadable);
    const { mailable, suppressed, refused } = await list.partition(namedIn(mail), { stream });
    if (onSuppressed === 'reject' && suppressed.length > 0) throw new RecipientsSuppressed(suppressed);
    const anybodyAsked = strays.length > 0 || mail.message.getEnvelope().to.length > 0;
    const left = leaveOut(mail, mailable);
    return { report: { suppressed, refused: [...strays, ...refused] }, anybody: left > 0 || !anybodyAsked };
  };
  const go = (mail: CompiledMail, { report, anybody }: Awaited<ReturnType<typeof check>>, done: Done): void => {
    const { signal } = mail.data;
    if (signal instanceof AbortSignal && signal.aborted)
      done(Object.assign(new Error('sending was aborted'), { name: 'AbortError', code: 'EABORT' }));
    else if (!anybody) done(null, { ...nobody(mail), ...report });
    else transport.send(mail, (error, info) => (error ? done(error, info) : done(null, { ...info, ...report })));
  };
  const send: Transport['send'] = (mail, done) => {
    // Handed on outside of the promise: what a callback throws is its own affair.
    check(mail).then(
      (checked) => setImmediate(() => go(mail, checked, done)),
      (fault: Error) => setImmediate(() => done(fault)),
    );
  };
  return withMember(transport, 'send', send);
};

const requireOptions = (options: GuardOptions): void => {
  if (typeof options !== 'object' || options === null)
    throw new GuardInvalid('OptionsInvalid', `options: expected { list, stream, onSuppressed }, got ${quote(options)}`);
  const { list, stream, onSuppressed = 'drop' } = options;
  if (typeof list?.partition !== 'function')
    throw new GuardInvalid('ListInvalid', `list: expected a SuppressionList, got ${quote(list)}`);
  if (stream !== undefined && !isStream(stream))
    throw new GuardInvalid(
      'ScopeInvalid',
      `stream: ${quote(stream)} is no stream; use 1 to 256 of the characters A-Z a-z 0-9 _ -`,
    );
  if (onSuppressed !== 'drop' && onSuppressed !== 'reject')
    throw new GuardInvalid(
      'OnSuppressedInvalid',
      `onSuppressed: expected "drop" or "reject", got ${quote(onSuppressed)}`,
    );
};

/**
 * A nodemailer transporter that asks the list at each send. Whoever may not be mailed is left out of the envelope and of
 * To, Cc and Bcc; all else is as the transporter does it: defaults, plugins, DKIM, any transport. The transporter itself
 * is not changed. Works with nodemailer 6 and later.
 *
 * `sendMail` fails with `ListUnavailable` if the list cannot be read, and with `reject` with `RecipientsSuppressed`;
 * nothing was sent then. If nobody is left, nothing is sent either, and the info has nobody accepted, nobody rejected and
 * no `messageId`.
 *
 * @throws GuardInvalid, a TypeError, if this is no transporter, or an option is wrong
 * @example
 * const newsletter = guardTransporter(nodemailer.createTransport(smtp), { list, stream: 'newsletter' });
 * const { accepted, suppressed } = await newsletter.sendMail({ from, to, subject, text });
 */
export const guardTransporter = <T extends object>(transporter: T, options: GuardOptions): Guarded<T> => {
  const transport = 'transporter' in transporter ? transporter.transporter : undefined;
  if (!isTransport(transport))
    throw new GuardInvalid('TransporterInvalid', 'expected what createTransport() of nodemailer returns');
  requireOptions(options);
  return withMember(transporter, 'transporter', guardTransport(transport, options)) as Guarded<T>;
};
