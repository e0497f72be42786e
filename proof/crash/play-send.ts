import { parseAddress } from '../../core/address/address.ts';
import { KEY_TAG } from '../../core/contract/index.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import type { SendAnswer, SendError } from '../../core/send/answer.ts';
import { MESSAGES } from './dynamo.ts';
import { delivery } from './feedback-messages.ts';
import { INVOCATION_MS, Process } from './process.ts';
import type { Program } from './program.ts';
import type { Run } from './run.ts';
import type { Mail } from './ses.ts';
import type { World } from './world.ts';

/** A send request; the tag tells mails of one request from those of another. */
export interface Request {
  readonly tags: { readonly order: string };
  readonly idempotencyKey?: string;
  readonly [field: string]: unknown;
}

/** What a caller is told of one request. */
type Told = SendAnswer | { readonly error: SendError };

const DAY = 86_400_000;
/** Codes that leave it open whether a mail was sent. */
const OPEN: readonly string[] = ['OutcomeUnknown', 'InProgress'];
/** Codes that say that nothing was sent now, whatever was before. */
const NOW: readonly string[] = ['IdempotencyKeyReused', 'ListUnavailable', 'RateExceeded'];

export const orderOf = ({ tags }: Mail): string | undefined => tags.find(({ name }) => name === 'order')?.value;
const keyOf = ({ tags }: Mail): string | undefined => tags.find(({ name }) => name === KEY_TAG)?.value;
/** The key of an address as it is given. */
export const bare = (raw: string): string => {
  const parsed = parseAddress(raw);
  return parsed.ok ? parsed.value : raw;
};
const sorted = (addresses: readonly string[]): string => addresses.map(bare).sort().join(' ');

const isError = (told: Told): told is { readonly error: SendError } => 'error' in told;

/** What a told thing is called: the code of an error, or the status of an answer. */
export const nameOf = (told: Told): string => (isError(told) ? told.error.code : told.status);

/** SES reports every mail it took, and the feedback function learns of it. */
export const hearFeedback = async (world: World, feedback: Program): Promise<void> => {
  for (const mail of world.cloud.ses.mails) {
    const key = keyOf(mail);
    const about = { mail: mail.messageId, at: new Date(mail.at).toISOString(), ...(key === undefined ? {} : { key }) };
    const Records = [{ eventSource: 'aws:sqs', messageId: mail.messageId, body: delivery(about, ...mail.recipients) }];
    const outcome = await new Process(feedback, world.aside(), 'feedback').invoke({ Records });
    if (outcome.kind !== 'answered') throw new Error('the feedback function failed');
  }
};

/** A caller of the send function who judges every answer by what SES really did. */
export class Caller {
  readonly faults: string[] = [];
  readonly #run: Run;
  readonly #feedback: Program;
  readonly #suppressed: readonly string[];

  constructor(run: Run, feedback: Program, suppressed: readonly string[]) {
    this.#run = run;
    this.#feedback = feedback;
    this.#suppressed = suppressed;
  }

  get #mails(): readonly Mail[] {
    return this.#run.world.cloud.ses.mails;
  }

  /** Calls, and again as long as the function dies; @returns what is told of each request */
  async insist(requests: Request | readonly Request[]): Promise<Told[]> {
    for (;;) {
      const told = await this.ask(requests);
      if (told !== undefined) return told;
    }
  }

  /** Calls once; @returns undefined if the function died */
  async ask(requests: Request | readonly Request[]): Promise<Told[] | undefined> {
    const { cloud } = this.#run.world;
    const before = cloud.ses.mails.length;
    const outcome = await this.#run.invoke(requests);
    const made = cloud.ses.mails.slice(before).filter(({ messageId }) => !this.#run.world.foreign.has(messageId));
    const list = Array.isArray(requests) ? (requests as readonly Request[]) : [requests as Request];
    for (const request of list) this.#atMostOnce(request, made);
    for (const { recipients, messageId } of made)
      for (const address of recipients)
        if (this.#suppressed.includes(bare(address))) this.faults.push(`${messageId} was mailed to ${address}`);
    if (outcome.kind === 'died') return undefined;
    const told =
      outcome.kind === 'threw' ? [{ error: JSON.parse(outcome.error.message) as SendError }] : [outcome.value].flat();
    for (const [i, each] of (told as Told[]).entries()) {
      const request = list[i];
      if (request !== undefined) this.#judge(request, each, made);
    }
    return told as Told[];
  }

  /**
   * Comes back to a request with a key: now, when whoever died is dead for certain, when SES has reported, in a month.
   *
   * @param expected - what is told of it where nothing goes wrong
   * @param mayStayOpen - nobody may ever learn what became of it although nobody died
   */
  async comeBack(request: Request, expected: string, mayStayOpen: boolean): Promise<void> {
    const { world, deaths } = this.#run;
    const key = hashKey(request.idempotencyKey ?? '');
    const hasRecord = async () => (await world.cloud.dynamo.items(MESSAGES)).some(({ id }) => id?.S === `send#${key}`);
    const isFree = !(await hasRecord());
    const [now] = await this.insist(request);
    if (isFree && now !== undefined && nameOf(now) !== expected)
      this.faults.push(`nothing is remembered of the key, and yet it is told ${nameOf(now)}, not ${expected}`);
    world.wait(INVOCATION_MS + 6000);
    const [then] = await this.insist(request);
    if (then !== undefined && nameOf(then) === 'InProgress')
      this.faults.push('a request is said to be in progress when its function is dead for certain');
    await hearFeedback(this.#run.world, this.#feedback);
    const [heard] = await this.insist(request);
    const isMailed = this.#mails.some((mail) => keyOf(mail) === key);
    const told = heard === undefined ? 'nothing' : nameOf(heard);
    const mayBeOpen = !isMailed && (mayStayOpen || deaths.length > 0) && told === 'OutcomeUnknown';
    if (told !== expected && !mayBeOpen)
      this.faults.push(`once SES has reported, ${told} is told, not ${expected}; mailed: ${isMailed}`);
    world.wait(31 * DAY);
    const [later] = await this.insist(request);
    if (later !== undefined && nameOf(later) !== expected)
      this.faults.push(`a month later the key is to be free, but ${nameOf(later)} is told`);
  }

  /** Whatever the table remembers of mails must be true of a mail. */
  async checkRecords(): Promise<void> {
    for (const { id, messageId } of await this.#run.world.cloud.dynamo.items(MESSAGES))
      if (messageId?.S !== undefined && !this.#mails.some((mail) => mail.messageId === messageId.S))
        this.faults.push(`${id?.S} remembers a mail that SES never took: ${messageId.S}`);
  }

  #atMostOnce({ tags, idempotencyKey }: Request, made: readonly Mail[]): void {
    const now = made.filter((mail) => orderOf(mail) === tags.order);
    if (now.length > 1) this.faults.push(`${tags.order} was mailed ${now.length} times in one invocation`);
    if (idempotencyKey === undefined) return;
    const key = hashKey(idempotencyKey);
    const month = this.#mails.filter((mail) => keyOf(mail) === key && mail.at > this.#run.world.now - 30 * DAY);
    if (month.length > 1) this.faults.push(`${idempotencyKey} was mailed ${month.length} times in a month`);
  }

  #judge({ tags, idempotencyKey }: Request, told: Told, made: readonly Mail[]): void {
    const { order } = tags;
    const mine = this.#mails.filter((mail) => orderOf(mail) === order);
    const now = made.filter((mail) => orderOf(mail) === order);
    const code = nameOf(told);
    if (isError(told)) {
      if (OPEN.includes(code)) return;
      const sent = NOW.includes(code) || idempotencyKey === undefined ? now : mine;
      if (sent.length > 0) this.faults.push(`${order} was told ${code}, but ${sent[0]?.messageId} was sent`);
      return;
    }
    if (told.status === 'suppressed') {
      if (now.length > 0) this.faults.push(`${order} was told that nobody could be mailed, but somebody was`);
      return;
    }
    const mail = mine.find(({ messageId }) => messageId === told.messageId);
    if (mail === undefined) this.faults.push(`${order} was told ${told.messageId}, which is no mail of it`);
    else if (sorted(mail.recipients) !== sorted(told.sent))
      this.faults.push(`${order} was told ${told.sent}, but ${mail.recipients} were mailed`);
    else if (told.duplicate === now.includes(mail))
      this.faults.push(`${order} was told duplicate: ${told.duplicate}, which is not so`);
  }
}
