import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemoryLimiter } from '../../../adapters/memory-limiter.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { type Lead, makeLead } from '../../../core/rate/lead.ts';
import { makeLimiter } from '../../../core/rate/limiter.ts';
import type { Time } from '../../../core/rate/time.ts';
import { ok } from '../../../core/result.ts';
import { makeHandler } from '../../../lambda/queue/handler.ts';
import { seededRandom } from '../../../local/seeded-random.ts';
import type { Start } from '../../core/rate/simulation.ts';
import { VirtualTime } from '../../core/rate/virtual-time.ts';
import { RecordedCounts, RecordedDeadLetters, RecordedLog } from '../recorders.ts';
import { request, TIMEOUT_MS, TRY_MS } from './stage.ts';

/** Of what a mail takes of a processor: its share of reading the batch, and then in this order. */
const PARTS = { read: 0.1, key: 0.1, list: 0.1, compose: 0.25, begin: 0.1, call: 0.2, answer: 0.15 } as const;
/** Everything takes so much longer the first times. */
const COLD = 3;
const BATCH = 10;
const SKEW_MS = 5;
/** Between two invocations of an environment. */
const BETWEEN_MS = 20;

/** One processor, which does one thing at a time, in the order in which it was asked. */
class Processor {
  readonly #time: VirtualTime;
  #freeAt = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  async use(millis: number): Promise<void> {
    this.#freeAt = Math.max(this.#freeAt, this.#time.now()) + millis;
    const wait = this.#freeAt - this.#time.now();
    if (wait > 0) await this.#time.sleep(wait);
  }
}

export interface Crowd {
  readonly rate: number;
  readonly functions: number;
  /** Milliseconds of its function's processor that a mail takes. */
  readonly mailMs: number;
  readonly seed: number;
  readonly seconds?: number;
  /** Of each environment. @default - the one that is deployed */
  readonly lead?: () => Lead;
}

/**
 * The queue function as it is deployed, in some environments with a processor each, with a queue that is never empty: a
 * table and an SES that take time to answer, clocks that disagree, and timers that ring when the processor is free.
 */
export const crowd = async ({ rate, functions, mailMs, seed, seconds = 60, lead = makeLead }: Crowd) => {
  const random = seededRandom(seed);
  const time = new VirtualTime();
  const began = time.now();
  const end = began + seconds * 1000;
  const store = new MemoryLimiter({ rate, readAt: began });
  const ledger = new MemoryLedger({ now: time.now });
  const sends = new MemorySends();
  const starts: Start[] = [];
  const told = { received: 0, givenBack: 0, made: 0 };

  const environment = (sender: number) => {
    const processor = new Processor(time);
    const skew = SKEW_MS * (2 * random() - 1);
    let cold = COLD;
    const local: Time = {
      now: () => Math.floor(time.now() + skew),
      sleep: async (millis) => {
        await time.sleep(Math.ceil(millis) + 2 * random());
        await processor.use(0);
      },
    };
    const use = (part: keyof typeof PARTS): Promise<void> => processor.use(mailMs * PARTS[part] * cold);
    const far =
      <A extends unknown[], T>(part: keyof typeof PARTS | undefined, call: (...given: A) => Promise<T>) =>
      async (...given: A): Promise<T> => {
        if (part !== undefined) await use(part);
        await time.sleep(2 + 5 * random());
        const answer = await call(...given);
        await time.sleep(2 + 5 * random() + (random() < 0.01 ? 150 * random() : 0));
        await processor.use(0);
        return answer;
      };
    const limiterStore = {
      read: far(undefined, () => store.read()),
      claim: far(undefined, (claim) => store.claim(claim)),
      lease: far(undefined, (lease) => store.lease(lease)),
      learn: far(undefined, (learned) => store.learn(learned)),
      throttle: far(undefined, (throttled) => store.throttle(throttled)),
    } satisfies MemoryLimiter | object;
    const log = new RecordedLog();
    const quota = { read: async () => ({ maxSendRate: rate, max24HourSend: -1, sentLast24Hours: 0 }) };
    const handler = makeHandler(
      {
        ledger: { standings: far('list', (keys) => ledger.standings(keys)) },
        sends: {
          token: () => sends.token(),
          read: far('key', (key) => sends.read(key)),
          begin: far('begin', (record, over) => sends.begin(record, over)),
          advance: far('answer', (record) => sends.advance(record)),
          release: far(undefined, (record) => sends.release(record)),
        },
        compose: async () => {
          told.made += 1;
          await use('compose');
          return new Uint8Array();
        },
        mailer: {
          send: async ({ destinations }) => {
            starts.push({ at: time.now(), recipients: destinations.length, sender });
            await use('call');
            await time.sleep(50 + 100 * random());
            await processor.use(0);
            return ok({ messageId: `0100-${starts.length}`, messageIdHeader: '<0100@email.amazonses.com>' });
          },
        },
        deadLetters: new RecordedDeadLetters(),
        postpone: far(undefined, async () => {}),
        limiter: makeLimiter({ store: limiterStore, quota, log, holder: `sender-${sender}`, ...local }),
        policy: DEFAULT_POLICY,
        configurationSet: 'main',
        configurationSets: ['main'],
        counts: new RecordedCounts(),
        log,
        ...local,
        random,
        tryMs: TRY_MS,
      },
      lead(),
    );
    return async (): Promise<void> => {
      const Records = Array.from({ length: BATCH }, (_, i) => ({
        messageId: `m-${told.received + i}`,
        receiptHandle: 'handle',
        body: JSON.stringify(request()),
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(time.now()) },
      }));
      told.received += BATCH;
      const endsAt = time.now() + TIMEOUT_MS;
      await processor.use(BATCH * mailMs * PARTS.read * cold);
      const context = { getRemainingTimeInMillis: () => endsAt - time.now() };
      told.givenBack += (await handler({ Records: Records as never }, context)).batchItemFailures.length;
      cold = 1;
    };
  };

  for (let sender = 0; sender < functions; sender += 1) {
    const invoke = environment(sender);
    const forEver = async (): Promise<void> => {
      while (time.now() < end) {
        await invoke();
        await time.sleep(BETWEEN_MS);
      }
    };
    void forEver();
  }
  await time.run(end);
  const settled = starts.filter(({ at }) => at > began + 5000);
  return { ...told, starts, sent: starts.length, perSecond: settled.length / (seconds - 5) };
};
