import type { Instant } from '../../core/instant.ts';
import type { Lead } from '../../core/rate/lead.ts';
import type { Reservation } from '../../core/rate/limiter.ts';
import { type Slot, slotMailer } from '../../core/rate/slot-mailer.ts';
import { LATE_MS } from '../../core/rate/slots.ts';
import { waitUntil } from '../../core/rate/time.ts';
import { fail } from '../../core/result.ts';
import type { Mailer } from '../../core/send/mailer.ts';
import { sendOnce } from '../../core/send/once.ts';
import type { Prepared } from '../../core/send/prepare.ts';
import type { QueueDeps } from './deps.ts';
import type { Job } from './job.ts';
import { faulted, noSlot, type Outcome, outcomeOf } from './outcome.ts';
import type { Refusals } from './refusals.ts';

/** Times a mail is made for a slot before it is given back. */
const ROUNDS = 3;

/** The time of an invocation. */
export interface Term {
  /** The latest time at which a call of SES may start. */
  readonly deadline: Instant;
  readonly endsAt: Instant;
}

/** What sending a batch takes. */
export interface BatchDeps extends QueueDeps {
  readonly refusals: Refusals;
  /**
   * How long before its slot a mail is made: the list is asked about its recipients at this time, and a mail that is late
   * at its slot loses it.
   */
  readonly lead: Lead;
}

/** A request that can be sent. */
interface Ready {
  readonly job: Job;
  readonly prepared: Prepared;
}

const refusedBy = (refusals: Refusals, { configurationSet }: Prepared): Outcome | undefined => {
  const error = refusals.of(configurationSet);
  return error === undefined ? undefined : outcomeOf({ ok: false, error });
};

/** Asks SES only if it has not refused others meanwhile, between the beginning of the mail and its slot. */
const unlessRefused = ({ mailer, refusals }: BatchDeps, { configurationSet }: Prepared): Mailer => ({
  send: async (mail, deadline) => {
    const refusal = refusals.of(configurationSet);
    return refusal === undefined ? mailer.send(mail, deadline) : fail(refusal);
  },
});

/**
 * Sends a request at its slot, to those who may be mailed a moment before it.
 *
 * @returns what becomes of it; undefined if it was late and may have another slot: it was not sent, and its key is free
 * @throws never
 */
const sendAt = async (
  slot: Slot,
  share: number,
  { job, prepared }: Ready,
  { deadline, endsAt }: Term,
  deps: BatchDeps,
): Promise<Outcome | undefined> => {
  const { limiter, refusals, lead, log, now } = deps;
  const begunAt = slot.at - slot.leadMs;
  try {
    await waitUntil(begunAt, deps);
    const refused = refusedBy(refusals, prepared);
    if (refused !== undefined) return refused;
    if (!(await limiter.goes(share))) return noSlot('rate', now());
    if (now() > slot.at + LATE_MS) {
      lead.took(now() - begunAt);
      return undefined;
    }
    const mailer = slotMailer(slot, { ...deps, mailer: unlessRefused(deps, prepared) });
    const how = { ...deps, mailer, keepAnswers: true, endsAt };
    const result = await sendOnce(prepared, job.idempotencyKey, deadline, how);
    if (mailer.missed()) return undefined;
    if (!result.ok && refusals.of(prepared.configurationSet) === undefined)
      refusals.note(result.error, prepared.configurationSet);
    return outcomeOf(result);
  } catch (fault) {
    log.error('a queued request met a fault', { messageId: job.messageId, cause: String(fault) });
    return faulted(fault);
  }
};

/** Reserves for all at once. A fault of the limiter leaves everybody where they are. */
const reserve = async (
  ready: readonly Ready[],
  leadMs: number,
  { deadline }: Term,
  { limiter, log }: BatchDeps,
): Promise<Reservation | Outcome> => {
  const counts = ready.map(({ prepared }) => prepared.recipients.usable.length);
  try {
    return await limiter.reserve(counts, deadline, leadMs);
  } catch (fault) {
    log.error('no slots could be reserved', { cause: String(fault) });
    return faulted(fault);
  }
};

type Done = (job: Job, outcome: Outcome) => Promise<void>;

/** Sends all of them at slots that are reserved with one write; whoever was late at its slot gets another one. */
const sendReady = async (
  ready: readonly Ready[],
  rounds: number,
  term: Term,
  deps: BatchDeps,
  done: Done,
): Promise<void> => {
  const leadMs = deps.lead.millis();
  const reserved = await reserve(ready, leadMs, term, deps);
  const settle = async (each: Ready, i: number): Promise<void> => {
    if ('kind' in reserved) return done(each.job, reserved);
    const at = reserved.slots[i];
    const { what, until } = reserved.lacking[i] ?? { what: 'rate', until: deps.now() };
    if (at === undefined) return done(each.job, noSlot(what, until));
    const outcome = await sendAt({ at, leadMs }, reserved.share, each, term, deps);
    if (outcome !== undefined) return done(each.job, outcome);
    return rounds > 1 ? sendReady([each], rounds - 1, term, deps, done) : done(each.job, noSlot('rate', deps.now()));
  };
  await Promise.all(ready.map(settle));
};

/**
 * Sends the requests of a batch: slots for all of them are reserved with one write, each mail starts at its own, and none
 * waits for another one's answer.
 *
 * @param done - called once for each, as soon as it is known what becomes of it
 */
export const sendBatch = async (jobs: readonly Job[], term: Term, deps: BatchDeps, done: Done): Promise<void> => {
  const ready: Ready[] = [];
  const settled: Promise<void>[] = [];
  for (const job of jobs) {
    const { prepared } = job;
    const outcome = prepared.ok ? refusedBy(deps.refusals, prepared.value) : outcomeOf(prepared);
    if (outcome !== undefined) settled.push(done(job, outcome));
    else if (prepared.ok) ready.push({ job, prepared: prepared.value });
  }
  settled.push(sendReady(ready, ROUNDS, term, deps, done));
  await Promise.all(settled);
};
