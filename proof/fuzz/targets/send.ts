import { makeHandler } from '../../../lambda/send/handler.ts';
import { SendFailed } from '../../../lambda/send/send-failed.ts';
import { isObject, type Json } from '../json.ts';
import { checkSize } from '../oracles.ts';
import { ready } from '../recipe.ts';
import { REQUEST_WORDS, REQUESTS, SAME_KEY, tooLong } from '../seeds/requests.ts';
import { promise, type Target } from '../target.ts';
import { ClosedCounts } from '../worlds/closed-counts.ts';
import { LinesLog } from '../worlds/lines-log.ts';
import { COUNTED, NOW, sendWorld } from '../worlds/send-world.ts';

const STATUSES = ['sent', 'partly-sent', 'suppressed'] as const;
/** Failures that an input alone can cause; all others need SES or a table to fail. */
const CODES = [
  'InvalidRequest',
  'TooLarge',
  'RecipientsSuppressed',
  'ConfigurationSetNotFound',
  'IdempotencyKeyReused',
];
/** Lambda takes no longer event. */
const MOST_CHARS = 7 * 1024 * 1024;
const CONTEXT = { getRemainingTimeInMillis: () => 60_000 };

type Told = { readonly [name: string]: unknown };

const checkAnswer = (answer: Told, event: Json, size: number): string => {
  const { status, messageId } = answer;
  promise(
    STATUSES.some((each) => each === status),
    () => `the status ${JSON.stringify(status)}`,
  );
  promise(
    (messageId === null) === (status === 'suppressed'),
    () => `${status} with the id ${JSON.stringify(messageId)}`,
  );
  checkSize('the answer', JSON.stringify(answer).length, size, 20);
  return `${isObject(event) && typeof event.raw === 'string' ? 'raw ' : isObject(event) && event.template !== undefined ? 'template ' : ''}${status}`;
};

const checkFailure = (error: Told, size: number): string => {
  const { code, message, retryable, remedy } = error;
  promise(
    typeof code === 'string' &&
      typeof message === 'string' &&
      typeof retryable === 'boolean' &&
      typeof remedy === 'string',
    () => `an error without code, message, retryable and remedy: ${JSON.stringify(error).slice(0, 200)}`,
  );
  promise(
    !/[\r\n]/.test(String(message)),
    () => `an error over several lines: ${JSON.stringify(message).slice(0, 200)}`,
  );
  checkSize('the error', JSON.stringify(error).length, size, 20);
  return String(code);
};

/** The send function over tables in memory; what would go to SES is read by another parser. */
export const send = (): Target => {
  const lines = new LinesLog();
  const counts = new ClosedCounts(COUNTED);
  return {
    name: 'send',
    seeds: [...REQUESTS, REQUESTS.slice(0, 3), SAME_KEY, tooLong(6.5e6)],
    words: REQUEST_WORDS,
    answers: [
      ...STATUSES,
      ...STATUSES.map((status) => `raw ${status}`),
      ...STATUSES.map((status) => `template ${status}`),
      ...CODES,
    ],
    async run(input) {
      const event = ready(input, MOST_CHARS);
      const size = JSON.stringify(event).length;
      const world = await sendWorld();
      const handler = makeHandler({ ...world.deps, log: lines.log, counts, now: () => NOW, tryMs: 10_000 });
      const answers: string[] = [];
      const look = async (): Promise<void> => {
        const answered: unknown = await handler(event, CONTEXT).catch((fault: unknown) => {
          if (!(fault instanceof SendFailed)) throw fault;
          promise(fault.stack === '', () => 'the caller gets a stack');
          return { error: JSON.parse(fault.message) };
        });
        const all: readonly unknown[] = Array.isArray(event) ? (answered as readonly unknown[]) : [answered];
        promise(!Array.isArray(event) || all.length === event.length, () => 'another number of answers than requests');
        for (const [i, one] of all.entries()) {
          const told = one as Told;
          const request: Json = Array.isArray(event) ? (event[i] ?? null) : event;
          answers.push(
            told.error === undefined ? checkAnswer(told, request, size) : checkFailure(told.error as Told, size),
          );
        }
      };
      await look();
      if (Array.isArray(event)) promise(world.mails.length <= event.length, () => 'more mails than requests');
      else await world.check(event);
      const { length } = world.mails;
      promise(Array.isArray(event) || length <= 1, () => `${length} mails for one request`);
      lines.check(size);
      counts.take();
      if (isObject(event) && typeof event.idempotencyKey === 'string') {
        await look();
        promise(world.mails.length === length, () => 'the same key mailed twice');
      }
      return answers;
    },
  };
};
