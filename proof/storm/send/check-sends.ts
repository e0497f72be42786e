import { hashKey } from '../../../core/messages/key-hash.ts';
import type { SendAnswer } from '../../../core/send/answer.ts';
import { type Claim, Failures } from '../claim.ts';
import type { Call, Chronicle, TakenMail } from './chronicle.ts';
import { requestOf, type SendStormSize, type StormRequest } from './requests.ts';
import type { Asked } from './run-sends.ts';
import { keyIn } from './world.ts';

/** What a storm of sends left behind. */
export interface SendAftermath {
  readonly size: SendStormSize;
  readonly chronicle: Chronicle;
  readonly asked: ReadonlyMap<number, Asked>;
}

const n = (count: number): string => count.toLocaleString('en-US');

const blocksOf = (address: string, { stream }: StormRequest): readonly string[] =>
  stream === undefined ? [`${address}\n*`] : [`${address}\n*`, `${address}\n${stream}`];

const nobodyBlocked = ({ size, chronicle }: SendAftermath): Claim => {
  const failures = new Failures();
  let mails = 0;
  let afterBlocks = 0;
  for (const call of chronicle.calls) {
    const request = requestOf(size, call.ordinal);
    const isWritten = (key: string): boolean => (chronicle.written.get(key) ?? Number.POSITIVE_INFINITY) < call.start;
    if (request.recipients.some((address) => blocksOf(address, request).some(isWritten))) afterBlocks += 1;
    for (const people of call.arrived) {
      mails += 1;
      for (const address of people) {
        const block = blocksOf(address, request).find(isWritten);
        if (block !== undefined)
          failures.add(`mail ${call.ordinal} went to ${address}, blocked by ${JSON.stringify(block)} before`);
      }
    }
  }
  if (afterBlocks === 0) failures.add('nobody blocked was ever named, so nothing is proven: ask for more sends');
  return failures.claim(
    'nobody is mailed after the entry that blocks them was written',
    `${n(mails)} mails, ${n(chronicle.written.size)} blocks, ${n(afterBlocks)} calls that named somebody blocked by then`,
  );
};

/** Whether nobody was told what became of it: the connection may have been cut before SES had all of the mail. */
const isOpen = ({ told }: Call): boolean =>
  told.kind === 'killed' || (told.kind === 'error' && told.error.code === 'OutcomeUnknown');

const oncePerKey = ({ chronicle }: SendAftermath): Claim => {
  const failures = new Failures();
  const counts = new Map<string, number>();
  for (const { key } of chronicle.taken) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [key, count] of counts) if (count > 1) failures.add(`the key ${key} was mailed ${count} times`);
  for (const { ordinal, arrived } of chronicle.calls)
    if (arrived.length > 1) failures.add(`one call mailed ${ordinal} ${arrived.length} times`);
  const left = (calls: readonly Call[]): number => calls.reduce((sum, { arrived }) => sum + arrived.length, 0);
  const missing = left(chronicle.calls) - chronicle.taken.length;
  if (missing < 0 || missing > left(chronicle.calls.filter(isOpen)))
    failures.add(`${left(chronicle.calls)} mails left, SES took ${chronicle.taken.length}`);
  if (counts.size === 0) failures.add('no mail had a key, so nothing is proven: ask for more sends');
  return failures.claim('no key is mailed twice, and no call mails twice', `${n(counts.size)} keys that SES knows`);
};

const sameAddresses = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/** What is wrong with an answer, if anything. */
const answerFault = (
  { answer, call, request }: { readonly answer: SendAnswer; readonly call: Call; readonly request: StormRequest },
  taken: ReadonlyMap<string | null, TakenMail>,
  begun: ReadonlyMap<string, number>,
): string | undefined => {
  const mail = taken.get(answer.messageId);
  const sent = answer.sent.map(keyIn);
  const blocked = answer.suppressed.map(({ address }) => address);
  if (!sameAddresses([...sent, ...blocked], request.recipients)) return 'does not name everybody once';
  for (const { address, scope } of answer.suppressed)
    if ((begun.get(`${address}\n${scope}`) ?? Number.POSITIVE_INFINITY) > call.end && !answer.duplicate)
      return `calls ${address} suppressed in ${scope}, which nobody had said`;
  if (answer.status === 'suppressed')
    return call.arrived.length > 0 || sent.length > 0 ? 'says suppressed, and mailed somebody' : undefined;
  if (mail?.ordinal !== call.ordinal) return 'says sent, and SES has no such mail';
  if (!sameAddresses(mail.recipients, sent)) return 'says sent to others than SES has';
  if (answer.duplicate) return call.arrived.length > 0 ? 'says duplicate, and mailed' : undefined;
  return call.arrived.length === 1 ? undefined : 'says sent, and did not mail now';
};

const answersTrue = ({ size, chronicle }: SendAftermath): Claim => {
  const failures = new Failures();
  const taken = new Map<string | null, TakenMail>(chronicle.taken.map((mail) => [mail.messageId, mail]));
  const counts = new Map<string, number>();
  for (const call of chronicle.calls) {
    const { told, ordinal, arrived } = call;
    const word = told.kind === 'answer' ? told.answer.status : told.kind === 'error' ? told.error.code : 'killed';
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (told.kind === 'answer') {
      const fault = answerFault(
        { answer: told.answer, call, request: requestOf(size, ordinal) },
        taken,
        chronicle.begun,
      );
      if (fault !== undefined) failures.add(`the answer to ${ordinal} ${fault}: ${JSON.stringify(told.answer)}`);
    } else if (told.kind === 'error' && told.error.code !== 'OutcomeUnknown' && arrived.length > 0)
      failures.add(`the answer to ${ordinal} was ${told.error.code}, and it was mailed`);
  }
  const words = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, count]) => `${n(count)} ${word}`);
  return failures.claim('every answer is true', words.join(', '));
};

const failsClosed = ({ chronicle }: SendAftermath): Claim => {
  const failures = new Failures();
  const calls = chronicle.calls.filter(({ inOutage }) => inOutage);
  for (const { ordinal, told, arrived } of calls) {
    if (arrived.length > 0) failures.add(`${ordinal} was mailed while nobody could ask the list`);
    if (told.kind === 'answer' || (told.kind === 'error' && told.error.code !== 'ListUnavailable'))
      failures.add(`${ordinal} was answered ${JSON.stringify(told)} while nobody could ask the list`);
  }
  return failures.claim('with the tables out nothing is sent', `${n(calls.length)} sends`);
};

const keysTell = ({ size, chronicle, asked }: SendAftermath): Claim => {
  const failures = new Failures();
  const taken = new Map(chronicle.taken.map((mail) => [mail.key, mail]));
  const counts = { settled: 0, known: 0, unknown: 0 };
  for (const [ordinal, { call, isSettled }] of asked) {
    const { told } = call;
    const { key = '' } = requestOf(size, ordinal);
    const mail = taken.get(hashKey(key));
    if (told.kind === 'killed') continue;
    if (told.kind === 'error' && told.error.code === 'OutcomeUnknown') counts.unknown += 1;
    else counts.known += 1;
    if (told.kind === 'error' && told.error.code === 'InProgress')
      failures.add(`${key} is said to be in progress, when whoever began it is dead for certain`);
    if (!isSettled) continue;
    counts.settled += 1;
    if (told.kind === 'error' && told.error.code === 'ListUnavailable') continue;
    if (told.kind !== 'answer' || told.answer.messageId !== mail?.messageId)
      failures.add(`${key} was reported on by SES, and is answered ${JSON.stringify(told)}`);
  }
  return failures.claim(
    'asked again later, a key that SES has reported on gives its answer',
    `${n(counts.settled)} reported on; of all keys ${n(counts.known)} have an answer, ${n(counts.unknown)} stay unknown`,
  );
};

const consistent = (inconsistentReads: number): Claim => {
  const failures = new Failures();
  if (inconsistentReads > 0) failures.add(`${inconsistentReads} reads did not ask for consistency`);
  return failures.claim('every read asks for consistency', 'a replica that lags was ready to answer');
};

/** All that is claimed of a storm of sends. */
export const checkSends = (aftermath: SendAftermath, inconsistentReads: number): readonly Claim[] => [
  nobodyBlocked(aftermath),
  oncePerKey(aftermath),
  answersTrue(aftermath),
  failsClosed(aftermath),
  keysTell(aftermath),
  consistent(inconsistentReads),
];
