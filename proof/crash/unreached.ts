import type { Site } from './instrument.ts';

/** A site that no scenario passes, and why that leaves nothing unproven. */
export interface Unreached extends Pick<Site, 'file' | 'text'> {
  /** The functions in which it is not passed. */
  readonly programs: readonly string[];
  readonly why: string;
}

const OF_SEND = 'only the send function calls it, and passes it there';
const OF_FEEDBACK = 'only the feedback function calls it, and passes it there';
const OF_OTHERS = 'only the command line and the unsubscribe function call it';
const UNFORESEEN = 'answers a fault that nobody knows how to cause; no request follows it';
const ANSWERS = 'gives an answer and is followed by no request: the same as the end of the invocation';

const LEDGER = 'adapters/dynamodb-ledger.ts';
const SENDS = 'adapters/dynamodb-sends.ts';
const IDS = 'adapters/dynamodb-message-ids.ts';
const KEYS = 'adapters/unsubscribe-keys.ts';

const of = (programs: readonly string[], file: string, text: string, why: string): Unreached => ({
  programs,
  file,
  text,
  why,
});

/** Every site that the scenarios do not pass. The program compares: one that is passed, or is gone, may not stay. */
export const UNREACHED: readonly Unreached[] = [
  of(['feedback'], LEDGER, 'batchGet([entryGroup(table, keys, decodeStanding, STANDING_ATTRIBUTES)],…', OF_SEND),
  of(['feedback'], SENDS, 'this.#client.send(new GetItemCommand(asked))', OF_SEND),
  of(['feedback'], SENDS, 'Item === undefined ? undefined : decodeSend(Item)', OF_SEND),
  of(['feedback'], SENDS, 'inTime(half, (how) => this.#if(this.#client.send(new DeleteItemCommand(a…', OF_SEND),
  of(
    ['feedback'],
    'adapters/in-time.ts',
    'Promise.race([work({ abortSignal: abort.signal, requestTimeout: REQUEST_…',
    OF_SEND,
  ),
  of(['send'], 'adapters/in-time.ts', 'work()', OF_FEEDBACK),
  of(['send'], LEDGER, 'batchGet([entryGroup(table, keys, decodeEntry)], this.#options)', OF_FEEDBACK),
  of(['send'], LEDGER, 'client.send( new PutItemCommand({ TableName: table, Item: encodeEntry(en…', OF_FEEDBACK),
  of(['send'], 'adapters/batch-get.ts', 'Promise.all(open.map((part) => readChunk([part], options)))', OF_FEEDBACK),
  of(['send'], IDS, 'client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: …', OF_OTHERS),
  of(['send'], IDS, 'Item === undefined ? undefined : decodeMail(Item)', OF_OTHERS),
  of(['send'], KEYS, 'forSigning()', OF_OTHERS),
  of(['send'], KEYS, 'held !== undefined && now() - held.at < PATIENCE_MS ? held.keys : readOn…', OF_OTHERS),
  of(
    ['send'],
    'core/send/once.ts',
    "claim(begin({ state: 'withheld' }), ruling.over, keyed)",
    'only the queue function asks for it',
  ),
  of(
    ['send'],
    'core/send/once.ts',
    "refused(sendFailure('InProgress', `other requests with this key were fir…",
    ANSWERS,
  ),
  of(
    ['send'],
    'core/send/build-mail.ts',
    "fail(sendFailure('InvalidRequest', `the message cannot be built: ${Strin…",
    ANSWERS,
  ),
  of(['send'], 'adapters/ses-mailer.ts', 'fail(misfit)', ANSWERS),
  of(['send'], 'adapters/ses-mailer.ts', 'fail(readSesError(error, mail, true).failure)', ANSWERS),
  of(['send'], 'core/send/send.ts', "fail(sendFailure('InvalidRequest', message, NO_KEYS))", ANSWERS),
  of(
    ['send'],
    'core/send/send.ts',
    "fail(sendFailure('OutcomeUnknown', `handing the mail to SES met a fault:…",
    UNFORESEEN,
  ),
  of(
    ['send'],
    'core/send/send.ts',
    "fail( mailer.used() ? sendFailure('OutcomeUnknown', message) : sendFailu…",
    UNFORESEEN,
  ),
];
