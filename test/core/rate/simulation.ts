import { MemoryLimiter } from '../../../adapters/memory-limiter.ts';
import { type Lead, makeLead } from '../../../core/rate/lead.ts';
import { type Limiter, makeLimiter } from '../../../core/rate/limiter.ts';
import type { LimiterState, LimiterStore } from '../../../core/rate/limiter-store.ts';
import type { SendQuota } from '../../../core/rate/send-quota.ts';
import { type Slot, slotMailer } from '../../../core/rate/slot-mailer.ts';
import { type Time, waitUntil } from '../../../core/rate/time.ts';
import { ok, type Result } from '../../../core/result.ts';
import type { SendFailure } from '../../../core/send/failure.ts';
import type { Accepted, Mailer, OutgoingMail } from '../../../core/send/mailer.ts';
import { seededRandom } from '../../../local/seeded-random.ts';
import { RecordedLog } from '../../lambda/recorders.ts';
import { VirtualTime } from './virtual-time.ts';

/** A call to SES, by the true time. */
export interface Start {
  readonly at: number;
  readonly recipients: number;
  readonly sender: number;
}

export interface Simulated {
  readonly rate: number;
  readonly seed: number;
  readonly seconds?: number;
  /** @default - 20, or 30 where one could not do its part of the rate in batches of ten */
  readonly senders?: number;
  /** Mails of a batch; each call makes the recipients of one mail. */
  readonly batch?: number;
  readonly recipients?: (random: () => number) => number;
  /** What SES says to a call. @default - it accepts */
  readonly ses?: (start: Start) => Result<Accepted, SendFailure> | undefined;
  readonly quota?: SendQuota;
  /** What the table holds at first. @default - a quota that was just read */
  readonly state?: LimiterState;
  /** The part of the timers that ring up to 100 ms late. @default 0 */
  readonly stalls?: number;
  /** Whether a sender dies as soon as it has reserved. */
  readonly dies?: (sender: number, batch: number) => boolean;
}

export interface Outcome {
  readonly starts: readonly Start[];
  /** Writes that were asked for, refused ones included. */
  readonly writes: number;
  readonly reads: number;
  readonly batches: number;
  readonly time: VirtualTime;
  readonly store: MemoryLimiter;
}

const SKEW_MS = 5;
const HORIZON_MS = 30_000;
const ACCEPTED = ok({ messageId: '0100-1', messageIdHeader: '<0100-1@email.amazonses.com>' });

const mailTo = (recipients: number): OutgoingMail => ({
  kind: 'raw',
  source: 'no-reply@ledger.example',
  destinations: Array.from({ length: recipients }, (_, i) => `pat${i}@target.example`),
  raw: new Uint8Array(),
  tags: {},
  configurationSet: 'main',
});

/** The table over a network: 4 to 14 ms for a request and its answer, and now and then much longer. */
const distant = (
  store: LimiterStore,
  { sleep }: Time,
  random: () => number,
  count: (what: 'read' | 'write') => void,
) => {
  const far =
    <A extends unknown[], T>(what: 'read' | 'write', call: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      count(what);
      const millis = 4 + 10 * random() + (random() < 0.01 ? 150 * random() : 0);
      const there = millis * random();
      await sleep(there);
      const answer = await call(...given);
      await sleep(millis - there);
      return answer;
    };
  return {
    read: far('read', () => store.read()),
    claim: far('write', (claim) => store.claim(claim)),
    lease: far('write', (lease) => store.lease(lease)),
    learn: far('write', (learned) => store.learn(learned)),
    throttle: far('write', (throttled) => store.throttle(throttled)),
  } satisfies LimiterStore;
};

/** A clock that is a little wrong, and timers that ring a little late, some by more than a mail may be. */
const localTime = (time: VirtualTime, random: () => number, stalls: number): Time => {
  const skew = SKEW_MS * (2 * random() - 1);
  return {
    now: () => Math.floor(time.now() + skew),
    sleep: (millis) => time.sleep(Math.ceil(millis) + 2 * random() + (random() < stalls ? 100 * random() : 0)),
  };
};

/**
 * Many senders with one account and more mail than it may send, on the clock of nobody: the limiter and the mailer that
 * are deployed, a table and an SES that take time to answer, and clocks that disagree.
 */
export const simulate = async (given: Simulated): Promise<Outcome> => {
  const { rate, seed, seconds = 10, senders = 20, batch = 10, recipients = () => 1 } = given;
  const random = seededRandom(seed);
  const time = new VirtualTime();
  const end = time.now() + (seconds + 2) * 1000;
  const store = new MemoryLimiter(given.state ?? { rate, readAt: time.now() });
  const starts: Start[] = [];
  const counted = { read: 0, write: 0, batches: 0 };
  const quota = given.quota ?? {
    read: async () => ({ maxSendRate: rate, max24HourSend: -1, sentLast24Hours: 0 }),
  };

  const mailer = (sender: number): Mailer => ({
    send: async ({ destinations }) => {
      const start = { at: time.now(), recipients: destinations.length, sender };
      starts.push(start);
      const said = given.ses?.(start) ?? ACCEPTED;
      await time.sleep(50 + 100 * random());
      return said;
    },
  });

  const mailAt = async (
    slot: Slot,
    share: number,
    count: number,
    sender: number,
    limiter: Limiter,
    lead: Lead,
    local: Time,
    until: number,
  ) => {
    await waitUntil(slot.at - slot.leadMs, local);
    if (!(await limiter.goes(share))) return;
    await time.sleep(10 + 30 * random());
    await slotMailer(slot, { mailer: mailer(sender), limiter, lead, ...local }).send(mailTo(count), until);
  };

  const sendForEver = async (sender: number): Promise<void> => {
    const local = localTime(time, random, given.stalls ?? 0);
    const far = distant(store, time, random, (what) => {
      counted[what] += 1;
    });
    const limiter = makeLimiter({ store: far, quota, log: new RecordedLog(), holder: `sender-${sender}`, ...local });
    const lead = makeLead();
    await time.sleep(100 * random());
    for (let batches = 0; time.now() < end; batches += 1) {
      const counts = Array.from({ length: batch }, () => recipients(random));
      const until = local.now() + HORIZON_MS;
      const leadMs = lead.millis();
      const { slots, share } = await limiter.reserve(counts, until, leadMs);
      if (slots.some((slot) => slot !== undefined)) counted.batches += 1;
      if (given.dies?.(sender, batches)) return;
      await Promise.all(
        slots.map((at, i) =>
          at === undefined ? at : mailAt({ at, leadMs }, share, counts[i] ?? 1, sender, limiter, lead, local, until),
        ),
      );
      if (slots.length === 0 || slots.includes(undefined)) await time.sleep(3000 * (1 + random()));
    }
  };

  for (let sender = 0; sender < senders; sender += 1) void sendForEver(sender);
  await time.run(end);
  return { starts, reads: counted.read, writes: counted.write, batches: counted.batches, time, store };
};

/**
 * The most recipients that SES has to take in a sliding second. One mail of each second may go into debt: it counts as one
 * recipient, as SES takes a mail while any rate is left.
 */
export const mostInASecond = (starts: readonly Start[]): number => {
  let most = 0;
  let sum = 0;
  const within: Start[] = [];
  /** Those of this second that are larger than all after them, largest first. */
  const large: Start[] = [];
  for (const start of starts) {
    while ((within[0] ?? start).at <= start.at - 1000) sum -= within.shift()?.recipients ?? 0;
    while ((large[0] ?? start).at <= start.at - 1000) large.shift();
    while ((large.at(-1)?.recipients ?? 51) <= start.recipients) large.pop();
    within.push(start);
    large.push(start);
    sum += start.recipients;
    most = Math.max(most, sum - (large[0]?.recipients ?? 0) + 1);
  }
  return most;
};

/** The part of the rate that was used in the first seconds after the first call. */
export const partUsed = (starts: readonly Start[], rate: number, seconds: number): number => {
  const end = (starts[0]?.at ?? 0) + seconds * 1000;
  const sent = starts.filter(({ at }) => at < end).reduce((sum, { recipients }) => sum + recipients, 0);
  return sent / (rate * seconds);
};

/** The part of the rate that was used between the first call and the last, whose own recipients come after it. */
export const partUsedBetween = (starts: readonly Start[], rate: number): number => {
  const seconds = ((starts.at(-1)?.at ?? 0) - (starts[0]?.at ?? 0)) / 1000;
  const sent = starts.slice(0, -1).reduce((sum, { recipients }) => sum + recipients, 0);
  return sent / (rate * seconds);
};
