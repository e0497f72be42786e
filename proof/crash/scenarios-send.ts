import { cut, type Disturbance, refused, refusedBySes, rival, slow, unprocessed } from './disturbance.ts';
import { MESSAGES } from './dynamo.ts';
import type { Scenario } from './explore.ts';
import { Caller, nameOf, type Request } from './play-send.ts';
import { Process } from './process.ts';
import type { Program } from './program.ts';
import { BOUNCED, blockSome, keyed, PAT, QUIT, raw, request } from './requests.ts';

interface Send {
  readonly name: string;
  /** What is asked, one after another, each until an answer comes. */
  readonly asks: readonly (Request | readonly Request[])[];
  /** What is told without a crash: a name a request. */
  readonly told: readonly string[];
  /** What is told, in the end, to whoever comes back with its key when nothing goes wrong any more. @default - as at first */
  readonly back?: string;
  /** What the table must hold without a crash. */
  readonly keeps?: readonly string[];
  readonly disturbances?: () => readonly Disturbance[];
  readonly order?: 'lifo';
  readonly lateUpTo?: number;
  readonly isTwice?: true;
}

const sending = ({ name, asks, told, back, keeps = [], ...more }: Send, feedback: Program): Scenario => ({
  name,
  program: 'send',
  ...more,
  async play(run, calm) {
    await blockSome(run.world);
    const caller = new Caller(run, feedback, [BOUNCED, QUIT]);
    const names: string[] = [];
    for (const ask of asks) names.push(...(await caller.insist(ask)).map(nameOf));
    const items = JSON.stringify(await run.world.cloud.dynamo.items(MESSAGES));
    run.calm();
    const [first] = asks.flat();
    if (first?.idempotencyKey !== undefined)
      await caller.comeBack(first, back ?? told[0] ?? '', told[0] === 'OutcomeUnknown');
    await caller.checkRecords();
    const { faults } = caller;
    if (calm !== undefined) return { state: names, faults };
    if (names.join() !== told.join()) faults.push(`without a crash, ${names} is told, not ${told}`);
    for (const text of keeps)
      if (!items.includes(text)) faults.push(`without a crash, the table does not hold ${text}`);
    return { state: names, faults };
  },
});

/** Somebody else sends the same request, and is faster. */
const rivalSends = (program: Program, operation: string, nth: number, same: Request): Disturbance =>
  rival(operation, nth, async (world) => {
    await new Process(program, world.aside(), 'rival').invoke(same);
  });

/** What the send function is put through. */
export const sendScenarios = (program: Program, feedback: Program): Scenario[] =>
  (
    [
      { name: 'no key', asks: [request('a')], told: ['sent'] },
      { name: 'a key', asks: [keyed('a')], told: ['sent'], lateUpTo: 6, isTwice: true },
      { name: 'a key, answers in the other order', asks: [keyed('a')], told: ['sent'], order: 'lifo' },
      {
        name: 'a key three times: at first, again, and with another message',
        asks: [keyed('a'), keyed('a'), { ...keyed('a', { subject: 'Other' }), tags: { order: 'b' } }],
        told: ['sent', 'sent', 'IdempotencyKeyReused'],
      },
      {
        name: 'some recipients are suppressed, one is malformed',
        asks: [
          keyed('a', { to: [PAT, BOUNCED, 'nobody'], cc: [QUIT], bcc: ['kim@target.example'], stream: 'newsletter' }),
        ],
        told: ['partly-sent'],
      },
      { name: 'all recipients are suppressed', asks: [keyed('a', { to: [BOUNCED] })], told: ['suppressed'] },
      { name: 'all are suppressed, no key', asks: [request('a', { to: [BOUNCED] })], told: ['suppressed'] },
      {
        name: 'one is suppressed, and the request rejects that',
        asks: [keyed('a', { to: [PAT, BOUNCED], onSuppressed: 'reject' })],
        told: ['RecipientsSuppressed'],
      },
      {
        name: 'a Message-ID of its own, with a key',
        asks: [keyed('a', { headers: { 'Message-ID': '<own@ledger.example>' } })],
        told: ['sent'],
        keeps: ['<own@ledger.example>'],
        lateUpTo: 4,
      },
      {
        name: 'a Message-ID of its own, without a key, and DynamoDB leaves an item',
        asks: [request('a', { headers: { 'Message-ID': '<own@ledger.example>' } })],
        told: ['sent'],
        keeps: ['<own@ledger.example>'],
        disturbances: () => [unprocessed('BatchWriteItem', 1, 1)],
      },
      {
        name: 'a template',
        asks: [
          keyed('a', { subject: undefined, text: undefined, template: { name: 'welcome', data: { name: 'Pat' } } }),
        ],
        told: ['sent'],
      },
      {
        name: 'a template that does not exist',
        asks: [request('a', { subject: undefined, text: undefined, template: { name: 'none', data: {} } })],
        told: ['TemplateNotFound'],
      },
      {
        name: 'a raw message',
        asks: [
          keyed('a', {
            subject: undefined,
            text: undefined,
            to: undefined,
            raw: raw(`From: no-reply@ledger.example\nTo: ${PAT}, ${BOUNCED}\nSubject: Hi\n\nHi\n`),
          }),
        ],
        told: ['partly-sent'],
      },
      {
        name: 'attachments and HTML',
        asks: [keyed('a', { html: '<p>Hi</p>', attachments: [{ filename: 'a.txt', content: raw('Hi') }] })],
        told: ['sent'],
      },
      {
        name: 'an unsubscribe link',
        asks: [keyed('a', { stream: 'newsletter', unsubscribe: true, text: 'Enough? {{unsubscribeUrl}}' })],
        told: ['sent'],
      },
      {
        name: 'an unsubscribe link, and the secret cannot be read at first',
        asks: [
          keyed('a', { stream: 'newsletter', unsubscribe: true }),
          keyed('a', { stream: 'newsletter', unsubscribe: true }),
        ],
        told: ['UnsubscribeUnavailable', 'sent'],
        back: 'sent',
        disturbances: () => [refused('GetSecretValue', 1, 'AccessDeniedException')],
      },
      {
        name: 'an array: with a key, without, suppressed, malformed',
        asks: [[keyed('a'), request('b'), request('c', { to: [BOUNCED] }), request('d', { from: 'nobody' })]],
        told: ['sent', 'sent', 'suppressed', 'InvalidRequest'],
      },
      {
        name: 'an array with the same key twice',
        asks: [[keyed('a'), keyed('a')]],
        told: ['sent', 'InProgress'],
        back: 'sent',
      },
      {
        name: 'SES refuses: the daily quota is spent',
        asks: [keyed('a'), keyed('a')],
        told: ['QuotaExceeded', 'sent'],
        back: 'sent',
        disturbances: () => [refusedBySes(1, 'quota')],
      },
      {
        name: 'SES refuses by rate, and takes the second try',
        asks: [keyed('a')],
        told: ['sent'],
        disturbances: () => [refusedBySes(1, 'rate')],
      },
      {
        name: 'SES refuses, no key',
        asks: [request('a')],
        told: ['SenderNotAllowed'],
        disturbances: () => [refusedBySes(1, 'access-denied')],
      },
      {
        name: 'SES answers 500, and has not taken the mail',
        asks: [keyed('a')],
        told: ['OutcomeUnknown'],
        back: 'sent',
        disturbances: () => [refusedBySes(1, 'internal')],
      },
      {
        name: 'the connection to SES is cut when it has taken the mail',
        asks: [keyed('a')],
        told: ['OutcomeUnknown'],
        back: 'sent',
        disturbances: () => [cut('SendRawEmail', 1)],
      },
      {
        name: 'the list cannot be read',
        asks: [keyed('a'), keyed('a')],
        told: ['ListUnavailable', 'sent'],
        back: 'sent',
        disturbances: () => [refused('BatchGetItem', 1, 'AccessDeniedException')],
      },
      {
        name: 'DynamoDB leaves keys of the list unprocessed',
        asks: [request('a', { to: [PAT, 'kim@target.example', BOUNCED] })],
        told: ['partly-sent'],
        disturbances: () => [unprocessed('BatchGetItem', 1, 1)],
      },
      {
        name: 'no unsubscribe link can be made, no key',
        asks: [request('a', { stream: 'newsletter', unsubscribe: true })],
        told: ['UnsubscribeUnavailable'],
        disturbances: () => [refused('GetSecretValue', 1, 'AccessDeniedException')],
      },
      {
        name: 'the list answers so late that no time is left to ask SES',
        asks: [keyed('a'), keyed('a')],
        told: ['SesUnreachable', 'sent'],
        back: 'sent',
        disturbances: () => [slow('BatchGetItem', 1, 40_000)],
      },
      {
        name: 'the record cannot be read',
        asks: [keyed('a'), keyed('a')],
        told: ['ListUnavailable', 'sent'],
        back: 'sent',
        disturbances: () => [refused('GetItem', 1, 'AccessDeniedException')],
      },
      {
        name: 'the key cannot be taken, and its release fails once',
        asks: [keyed('a'), keyed('a')],
        told: ['ListUnavailable', 'sent'],
        back: 'sent',
        disturbances: () => [
          refused('PutItem', 1, 'AccessDeniedException'),
          refused('DeleteItem', 1, 'AccessDeniedException'),
        ],
      },
      {
        name: 'the record has no room',
        asks: [keyed('a'), keyed('a')],
        told: ['TooLarge', 'sent'],
        back: 'sent',
        disturbances: () => [
          refused('PutItem', 1, 'ValidationException', 'Item size has exceeded the maximum allowed size'),
        ],
      },
      {
        name: 'the key is taken and the answer is lost',
        asks: [keyed('a')],
        told: ['sent'],
        disturbances: () => [cut('PutItem', 1)],
      },
      {
        name: 'what SES said cannot be recorded',
        asks: [keyed('a')],
        told: ['sent'],
        disturbances: () => [refused('PutItem', 2, 'AccessDeniedException')],
      },
      {
        name: 'somebody else takes the key first, and sends',
        asks: [keyed('a')],
        told: ['sent'],
        disturbances: () => [rivalSends(program, 'PutItem', 1, keyed('a'))],
      },
      {
        name: 'more requests than an array may hold',
        asks: [Array.from({ length: 101 }, (_, i) => request(`r${i}`))],
        told: Array.from({ length: 101 }, () => 'InvalidRequest'),
      },
    ] satisfies readonly Send[]
  ).map((each) => sending(each, feedback));
