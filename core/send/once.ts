import { KEY_TAG } from '../contract/index.ts';
import { type Instant, SECOND } from '../instant.ts';
import { hashKey, type KeyHash } from '../messages/key-hash.ts';
import { RecordTooLarge } from '../messages/record-too-large.ts';
import { ASK_AGAIN, type Ruling, ruleKey } from '../messages/rule-key.ts';
import { answerOf, type SendRecord, type SendState } from '../messages/send-record.ts';
import type { Sends } from '../messages/sends.ts';
import { fail, ok, type Result } from '../result.ts';
import type { SendAnswer, SendError } from './answer.ts';
import { bodyDigest } from './body-digest.ts';
import { buildMail } from './build-mail.ts';
import { checkList, told } from './check-list.ts';
import type { SendDeps } from './deps.ts';
import { type SendFailure, sendFailure } from './failure.ts';
import type { Accepted } from './mailer.ts';
import type { Prepared } from './prepare.ts';
import { rememberMessageId } from './remember-message-id.ts';

/** The longest that Lambda lets an invocation run. */
const LONGEST_MS = 900 * SECOND;
/** Clocks differ; a little more is waited before somebody is taken for dead. */
const GRACE_MS = 5 * SECOND;
/** Others may take the key first this often before the caller is told to come back. */
const RACES = 5;

/** A request with a key, and where its record is kept. */
interface Keyed {
  readonly idempotencyKey: string;
  readonly digest: string;
  readonly sends: Sends;
  readonly deps: SendDeps;
}

const SEND_AGAIN = 'Nothing was sent; send again with the same key.';
/** Whether a record was left behind is not known. If so, it looks as if its send had died on the way to SES. */
const MAY_HOLD_KEY =
  'If this key says OutcomeUnknown later, it is about this request, of which nothing was sent: a new key mails once.';
const NO_ROOM = 'Name fewer or shorter recipients, or leave idempotencyKey out.';

const wordsOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const unavailable = (what: string, fault: unknown, { deps }: Keyed, remedy = SEND_AGAIN): SendFailure => {
  deps.log.error(`the record of sends could not be ${what}`, { cause: String(fault) });
  return sendFailure('ListUnavailable', `the record of sends could not be ${what}: ${wordsOf(fault)}`, remedy);
};

const noRoom = (fault: RecordTooLarge): SendFailure =>
  sendFailure('TooLarge', `the record of this send is too large for its table: ${fault.message}`, NO_ROOM);

const refused = (failure: SendFailure): Ruling => ({ free: false, result: fail(failure) });

/**
 * What has to be done, and is logged if it fails: what SES said counts for more. A write that is lost was not needed: it
 * is feedback that may have been faster.
 *
 * @returns whether it was done
 */
const note = async (what: string, write: () => Promise<unknown>, { deps }: Keyed): Promise<boolean> => {
  try {
    if ((await write()) === 'lost') deps.log.info('the record of a send was brought to its end by somebody else');
    return true;
  } catch (fault) {
    deps.log.error(what, { cause: String(fault) });
    return false;
  }
};

/** Frees the key of a request of which nothing was sent, with one more try, as nothing else does. */
const free = async (record: SendRecord, keyed: Keyed): Promise<boolean> => {
  const release = () =>
    note('the key of a request that was not sent could not be freed', () => keyed.sends.release(record), keyed);
  return (await release()) || release();
};

/** What may be done with the key now. */
const askRecord = async (key: KeyHash, keyed: Keyed): Promise<Ruling> => {
  try {
    return ruleKey(await keyed.sends.read(key), keyed, keyed.deps.now());
  } catch (fault) {
    return refused(unavailable('read', fault, keyed));
  }
};

/**
 * Takes the key: afterwards the record is certainly this one, or nothing may be sent. A write that came back without a
 * clear answer is undone as well as can be. If even that fails, the key is held by a record that never goes on: it says
 * `InProgress` until its runner is dead for certain, and `OutcomeUnknown` from then until it expires.
 */
const claim = async (record: SendRecord, first: string | undefined, keyed: Keyed): Promise<Ruling> => {
  const { sends, deps } = keyed;
  let over = first;
  try {
    for (let race = 0; race < RACES; race += 1) {
      if ((await sends.begin(record, over)) === 'written') return { free: true, over };
      const found = await sends.read(record.key);
      if (found?.token === record.token) return { free: true, over };
      const ruling = ruleKey(found, keyed, deps.now());
      if (!ruling.free) return ruling;
      over = ruling.over;
    }
    return refused(sendFailure('InProgress', `other requests with this key were first ${RACES} times`));
  } catch (fault) {
    if (fault instanceof RecordTooLarge) return refused(noRoom(fault));
    const isFree = await free(record, keyed);
    return refused(unavailable('written', fault, keyed, isFree ? SEND_AGAIN : `${SEND_AGAIN} ${MAY_HOLD_KEY}`));
  }
};

/**
 * Writes down what SES said. Only a certain refusal gives the key back.
 *
 * @returns what the caller is told of a mail that was not accepted
 */
const concludeRefused = async (record: SendRecord, failure: SendFailure, keyed: Keyed): Promise<SendFailure> => {
  if (failure.code !== 'OutcomeUnknown') {
    const isFree = await free(record, keyed);
    return isFree ? failure : { ...failure, remedy: `${failure.remedy} ${MAY_HOLD_KEY}` };
  }
  const progress: SendState = { state: 'unknown', message: failure.message };
  await note(
    'a send of unknown outcome could not be recorded',
    () => keyed.sends.advance({ ...record, progress }),
    keyed,
  );
  return { ...failure, remedy: ASK_AGAIN };
};

/** Writes down that SES has accepted the mail. */
const concludeAccepted = (record: SendRecord, accepted: Accepted, keyed: Keyed): Promise<boolean> => {
  const progress: SendState = { state: 'answered', ...accepted };
  return note('an accepted send could not be recorded', () => keyed.sends.advance({ ...record, progress }), keyed);
};

/**
 * Sends a prepared request at most once for its key within 30 days. The record of the key is written before SES is asked
 * and brought to its end afterwards; whoever comes meanwhile, or after a crash in between, is told and mails nobody.
 *
 * @throws never
 */
export const sendOnce = async (
  prepared: Prepared,
  idempotencyKey: string,
  deadline: Instant,
  deps: SendDeps & { readonly sends: Sends },
): Promise<Result<SendAnswer, SendError>> => {
  const { sends } = deps;
  const digest = bodyDigest(prepared.request);
  const keyed = { idempotencyKey, digest, sends, deps };
  const own = { key: hashKey(idempotencyKey), token: sends.token() };
  const [ruling, checked] = await Promise.all([askRecord(own.key, keyed), checkList(prepared, deps)]);
  if (!ruling.free) return ruling.result;
  if (!checked.ok) return checked;
  const { mailable, draft } = checked.value;
  const begunAt = deps.now();
  const runsUntil = (deps.endsAt ?? begunAt + LONGEST_MS) + GRACE_MS;
  const begin = (progress: SendState): SendRecord => ({ ...own, digest, begunAt, runsUntil, draft, progress });
  if (mailable.length === 0) {
    const kept = deps.keepAnswers
      ? await claim(begin({ state: 'withheld' }), ruling.over, keyed)
      : { free: true as const };
    return kept.free ? ok(answerOf(draft, undefined, false)) : kept.result;
  }
  const mail = await buildMail(prepared, mailable, deps);
  if (!mail.ok) return told(mail.error, draft);
  const record = begin({ state: 'running' });
  const claimed = await claim(record, ruling.over, keyed);
  if (!claimed.free) return claimed.result;
  const said = await deps.mailer.send({ ...mail.value, tags: { ...mail.value.tags, [KEY_TAG]: own.key } }, deadline);
  if (!said.ok) return told(await concludeRefused(record, said.error, keyed), draft);
  await Promise.all([
    concludeAccepted(record, said.value, keyed),
    rememberMessageId(prepared, said.value, own.key, deps),
  ]);
  return ok(answerOf(draft, said.value, false));
};
