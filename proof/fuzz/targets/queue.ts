import { MemoryLimiter } from '../../../adapters/memory-limiter.ts';
import type { DeadLetter } from '../../../core/feedback/dead-letters.ts';
import { makeLimiter } from '../../../core/rate/limiter.ts';
import { makeHandler } from '../../../lambda/queue/handler.ts';
import { LARGEST_BODY } from '../../../lambda/queue/job.ts';
import { isObject, type Json } from '../json.ts';
import { checkSize } from '../oracles.ts';
import { ready } from '../recipe.ts';
import { REQUEST_WORDS, REQUESTS, SAME_KEY, tooLong } from '../seeds/requests.ts';
import { promise, type Target } from '../target.ts';
import { ClosedCounts } from '../worlds/closed-counts.ts';
import { LinesLog } from '../worlds/lines-log.ts';
import { COUNTED, NOW, sendWorld } from '../worlds/send-world.ts';

/** More are in no batch of the stack's. */
const MOST_RECORDS = 10;
/** SQS takes no longer message. */
const MOST_BYTES = 1024 * 1024;
const MOST_CHARS = 1100 * 1024;
const CODES = [
  'InvalidRequest',
  'TooLarge',
  'RecipientsSuppressed',
  'ConfigurationSetNotFound',
  'IdempotencyKeyReused',
];

const record = (body: Json, i: number, over: { readonly [name: string]: Json } = {}): Json => ({
  messageId: `m-${i}`,
  receiptHandle: `handle-${i}`,
  body,
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(NOW), SenderId: 'AIDA' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  ...over,
});

/** What SQS itself writes is as SQS writes it; the body is a stranger's, and so is what it says about its age. */
const recordsIn = (event: Json): Parameters<ReturnType<typeof makeHandler>>[0] | undefined => {
  const list: readonly Json[] =
    isObject(event) && Array.isArray(event.Records) ? event.Records.slice(0, MOST_RECORDS) : [];
  const usable = list.filter(
    (each) =>
      isObject(each) &&
      typeof each.messageId === 'string' &&
      typeof each.receiptHandle === 'string' &&
      typeof each.body === 'string' &&
      Buffer.byteLength(each.body) <= MOST_BYTES,
  );
  return usable.length === list.length && list.length > 0
    ? ({ Records: usable } as unknown as Parameters<ReturnType<typeof makeHandler>>[0])
    : undefined;
};

/** The queue function over tables in memory, with a clock that runs while it waits. */
export const queue = (): Target => {
  const lines = new LinesLog();
  const counts = new ClosedCounts(COUNTED);
  return {
    name: 'queue',
    seeds: [
      ...REQUESTS.map((request, i) => ({ Records: [record({ $json: request }, i)] })),
      { Records: [record({ $json: tooLong(1.046e6) }, 0)] },
      { Records: SAME_KEY.map((request, i) => record({ $json: request }, i)) },
      { Records: REQUESTS.slice(0, 5).map((request, i) => record({ $json: request }, i)) },
      { Records: [record('not JSON', 1), record({ $json: [] }, 2), record('', 3, { attributes: {} })] },
    ],
    words: REQUEST_WORDS,
    answers: ['acknowledged', 'mailed', ...CODES.map((code) => `parked ${code}`)],
    async run(input) {
      const event = recordsIn(ready(input, MOST_CHARS));
      if (event === undefined) return [];
      const size = JSON.stringify(event).length;
      const world = await sendWorld();
      const letters: DeadLetter[] = [];
      let clock = NOW;
      const time = {
        now: () => clock,
        sleep: async (millis: number) => {
          clock += Math.max(1, millis);
        },
      };
      const store = new MemoryLimiter({ rate: 500, readAt: clock, left: 50_000 });
      const quota = { read: async () => ({ maxSendRate: 500, max24HourSend: 50_000, sentLast24Hours: 0 }) };
      const { log } = lines;
      const handler = makeHandler({
        ...world.deps,
        ...time,
        log,
        counts,
        limiter: makeLimiter({ store, quota, log, holder: 'fuzz', ...time }),
        deadLetters: { park: async (letter) => void letters.push(letter) },
        postpone: async () => undefined,
        random: () => 0.5,
        tryMs: 30_000,
      });
      const invoke = (): Promise<readonly { readonly itemIdentifier: string }[]> => {
        const endsAt = clock + 120_000;
        return handler(event, { getRemainingTimeInMillis: () => endsAt - clock }).then(
          ({ batchItemFailures }) => batchItemFailures,
        );
      };
      const given = new Set((await invoke()).map(({ itemIdentifier }) => itemIdentifier));
      promise(
        [...given].every((id) => event.Records.some(({ messageId }) => messageId === id)),
        () => 'an unknown id is given back',
      );
      const { length } = world.mails;
      promise(length <= event.Records.length, () => `${length} mails for ${event.Records.length} requests`);
      if (event.Records.length === 1) {
        const [only] = event.Records;
        const request = world.mails.length > 0 ? (JSON.parse(only?.body ?? 'null') as Json) : null;
        await world.check(request);
      }
      for (const { code, message, body } of letters) {
        promise(
          !/[\r\n]/.test(message),
          () => `the reason of a letter has several lines: ${JSON.stringify(message).slice(0, 200)}`,
        );
        promise(code.length > 0 && code.length <= 80, () => `the code ${code}`);
        checkSize('a letter', body.length, size, 3);
        promise(Buffer.byteLength(body) <= Math.max(LARGEST_BODY, size), () => 'a letter that the queue does not take');
      }
      await invoke();
      promise(world.mails.length === length, () => 'the same messages again mailed twice');
      lines.check(size);
      counts.take();
      return [
        ...(given.size < event.Records.length ? ['acknowledged'] : []),
        ...(length > 0 ? ['mailed'] : []),
        ...letters.map(({ code }) => `parked ${code}`),
      ];
    },
  };
};
