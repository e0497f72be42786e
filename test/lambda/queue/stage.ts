import type { SQSRecord } from 'aws-lambda';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemoryLimiter } from '../../../adapters/memory-limiter.ts';
import { MemoryMessageIds } from '../../../adapters/memory-message-ids.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { DEFAULT_POLICY, type Policy } from '../../../core/contract/index.ts';
import { type Lead, makeLead } from '../../../core/rate/lead.ts';
import { makeLimiter } from '../../../core/rate/limiter.ts';
import type { LimiterState, LimiterStore } from '../../../core/rate/limiter-store.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import { type SendCode, type SendFailure, sendFailure } from '../../../core/send/failure.ts';
import type { Accepted, OutgoingMail } from '../../../core/send/mailer.ts';
import { makeHandler } from '../../../lambda/queue/handler.ts';
import { VirtualTime } from '../../core/rate/virtual-time.ts';
import { RecordedCounts, RecordedDeadLetters, RecordedLog } from '../recorders.ts';

export { request } from '../send/stage.ts';

/** What happens before and after each operation of each port; it may throw, wait, or never come back. */
export type Probe = (point: string) => void | Promise<void>;
/** What SES says to a mail. */
export type Ses = (mail: OutgoingMail) => Result<Accepted, SendFailure> | undefined;

/** When every stage begins. */
export const START = new VirtualTime().now();
export const TIMEOUT_MS = 120_000;
export const TRY_MS = 30_000;
/** Before a message comes back that nobody has acknowledged or postponed. */
export const VISIBILITY_MS = 6 * TIMEOUT_MS;
export const SES_MS = 100;
export const refused = (code: SendCode) => fail(sendFailure(code, `SES: ${code}`));

/** A mail as it is handed to a mailer. */
export const MAIL: OutgoingMail = {
  kind: 'raw',
  source: 'no-reply@ledger.example',
  destinations: ['pat@target.example'],
  raw: Buffer.from('Subject: Hi\r\n\r\nHi\r\n'),
  tags: {},
  configurationSet: 'main',
};

const warmLead = (): Lead => {
  const lead = makeLead();
  lead.took(0);
  return lead;
};

/** Everything that outlives an invocation: tables, queues, SES, time. */
export const stage = ({
  state,
  policy = {},
  streams,
  lead = warmLead,
}: {
  readonly state?: LimiterState;
  readonly policy?: Partial<Policy>;
  /** Those that are counted. */
  readonly streams?: readonly string[];
  /** Of each environment. @default - of one that makes mails in no time */
  readonly lead?: () => Lead;
} = {}) => {
  const time = new VirtualTime();
  const start = time.now();
  const store = new MemoryLimiter(state ?? { rate: 14, readAt: start, left: 50_000 });
  const ledger = new MemoryLedger({ now: time.now, fault: ({ phase }) => will.probe(`ledger.standings ${phase}`) });
  const sends = new MemorySends();
  const messageIds = new MemoryMessageIds();
  const counts = new RecordedCounts();
  const log = new RecordedLog();
  const dead = new RecordedDeadLetters();
  const postponed: { readonly receiptHandle: string; readonly seconds: number; readonly at: number }[] = [];
  const mails: { readonly at: number; readonly mail: OutgoingMail }[] = [];
  const writes: string[] = [];
  const will: { probe: Probe; ses: Ses; chance: number } = { probe: () => {}, ses: () => undefined, chance: 0 };

  const around =
    <A extends unknown[], T>(point: string, call: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      await will.probe(`${point} before`);
      const answer = await call(...given);
      await will.probe(`${point} after`);
      return answer;
    };
  const limiterStore: LimiterStore = {
    read: around('limiter.read', () => store.read()),
    claim: around('limiter.claim', (claim) => {
      writes.push('claim');
      return store.claim(claim);
    }),
    lease: around('limiter.lease', (lease) => store.lease(lease)),
    learn: around('limiter.learn', (learned) => store.learn(learned)),
    throttle: around('limiter.throttle', (throttled) => store.throttle(throttled)),
  };

  /** SES; a fault on the way there or back leaves it open what became of the mail. */
  const sesTakes = async (mail: OutgoingMail): Promise<Result<Accepted, SendFailure>> => {
    try {
      await will.probe('ses before');
      mails.push({ at: time.now() - start, mail });
      const messageId = `0100-${mails.length}`;
      const said = will.ses(mail);
      await time.sleep(SES_MS);
      await will.probe('ses after');
      return said ?? ok({ messageId, messageIdHeader: `<${messageId}@email.amazonses.com>` });
    } catch {
      return refused('OutcomeUnknown');
    }
  };

  /** A new environment of the function. */
  const environment = () => {
    const quota = { read: async () => ({ maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 0 }) };
    return makeHandler(
      {
        ledger,
        sends: {
          token: () => sends.token(),
          read: around('sends.read', (key) => sends.read(key)),
          begin: around('sends.begin', (record, over) => sends.begin(record, over)),
          advance: around('sends.advance', (record) => sends.advance(record)),
          release: around('sends.release', (record) => sends.release(record)),
        },
        messageIds: { remember: around('messageIds.remember', (mail) => messageIds.remember(mail)) },
        compose: around('compose', async ({ subject }) =>
          new TextEncoder().encode(`Subject: ${subject}\r\n\r\nThank you.\r\n`),
        ),
        mailer: { send: (mail) => sesTakes(mail) },
        deadLetters: { park: around('deadLetters.park', (letter) => dead.park(letter)) },
        postpone: around('postpone', async (receiptHandle, seconds) => {
          postponed.push({ receiptHandle, seconds, at: time.now() - start });
        }),
        limiter: makeLimiter({ store: limiterStore, quota, log, holder: `holder-${writes.length}`, ...time }),
        policy: { ...DEFAULT_POLICY, ...policy },
        configurationSet: 'main',
        configurationSets: ['main', 'other'],
        ...(streams === undefined ? {} : { streams: new Set(streams) }),
        counts,
        log,
        now: time.now,
        sleep: time.sleep,
        random: () => will.chance,
        tryMs: TRY_MS,
      },
      lead(),
    );
  };
  let warm = environment();

  const record = (
    body: unknown,
    over: { readonly messageId?: string; readonly receives?: number; readonly sentAt?: number } = {},
  ): SQSRecord => {
    const { messageId = 'm-1', receives = 1, sentAt = start } = over;
    return {
      messageId,
      receiptHandle: `handle-of-${messageId}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAt),
        SenderId: 'AIDAIT2UOQQY3AUEKVGXU',
        ApproximateFirstReceiveTimestamp: String(sentAt),
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:Send',
      awsRegion: 'eu-west-1',
    };
  };
  const batch = (bodies: readonly unknown[]): SQSRecord[] =>
    bodies.map((body, i) => record(body, { messageId: `m-${i + 1}` }));

  /** One invocation of a warm environment; the ids that are given back. */
  const invoke = async (records: readonly SQSRecord[], remainingMs = TIMEOUT_MS): Promise<string[]> => {
    const context = { getRemainingTimeInMillis: () => remainingMs };
    const { batchItemFailures } = await time.during(warm({ Records: [...records] }, context));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  /**
   * What SQS does with one message until somebody acknowledges it, an invocation that does not come back in time being
   * dead, and the next one's environment new.
   */
  const deliver = async (body: unknown, deliveries = 20): Promise<'acknowledged' | 'still there'> => {
    for (let receives = 1; receives <= deliveries; receives += 1) {
      const before = postponed.length;
      let answer: { readonly batchItemFailures: readonly unknown[] } | 'failed' | undefined;
      const endsAt = time.now() + TIMEOUT_MS;
      warm({ Records: [record(body, { receives })] }, { getRemainingTimeInMillis: () => endsAt - time.now() }).then(
        (said) => {
          answer = said;
        },
        () => {
          answer = 'failed';
        },
      );
      while (answer === undefined && time.now() < endsAt) await time.run(time.now() + 1000);
      if (typeof answer === 'object' && answer.batchItemFailures.length === 0) return 'acknowledged';
      if (typeof answer !== 'object') warm = environment();
      const hiddenMs = postponed.length > before ? (postponed.at(-1)?.seconds ?? 0) * 1000 : VISIBILITY_MS;
      await time.run(time.now() + hiddenMs);
    }
    return 'still there';
  };

  return {
    time,
    start,
    store,
    ledger,
    sends,
    counts,
    log,
    dead,
    postponed,
    mails,
    writes,
    will,
    record,
    batch,
    invoke,
    deliver,
  };
};
