import type { Instant } from '../../core/instant.ts';
import type { Reservation } from '../../core/rate/limiter.ts';
import { slotMailer } from '../../core/rate/slot-mailer.ts';
import { waitUntil } from '../../core/rate/time.ts';
import type { Prepared } from '../../core/send/prepare.ts';
import { send } from '../../core/send/send.ts';
import type { QueueDeps } from './deps.ts';
import type { Job } from './job.ts';
import { faulted, noSlot, type Outcome, outcomeOf } from './outcome.ts';
import type { Refusals } from './refusals.ts';

/**
 * Milliseconds before its slot at which a mail is made: the list is asked about its recipients at this time, and a mail
 * that is late at its slot loses it.
 */
const PREPARE_MS = 250;

/** The time of an invocation. */
export interface Term {
  /** The latest time at which a call of SES may start. */
  readonly deadline: Instant;
  readonly endsAt: Instant;
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

/**
 * Sends a request at its slot, to those who may be mailed a moment before it.
 *
 * @throws never
 */
const sendAt = async (
  slot: Instant,
  share: number,
  { job, prepared }: Ready,
  { deadline, endsAt }: Term,
  refusals: Refusals,
  deps: QueueDeps,
): Promise<Outcome> => {
  try {
    await waitUntil(slot - PREPARE_MS, deps);
    const refused = refusedBy(refusals, prepared);
    if (refused !== undefined) return refused;
    if (!(await deps.limiter.goes(share))) return noSlot('rate', deps.now());
    const result = await send(job.request, deadline, {
      ...deps,
      mailer: slotMailer(slot, deps),
      keepAnswers: true,
      endsAt,
    });
    if (!result.ok) refusals.note(result.error, prepared.configurationSet);
    return outcomeOf(result);
  } catch (fault) {
    deps.log.error('a queued request met a fault', { messageId: job.messageId, cause: String(fault) });
    return faulted(fault);
  }
};

/** Reserves for all at once. A fault of the limiter leaves everybody where they are. */
const reserve = async (
  ready: readonly Ready[],
  { deadline }: Term,
  { limiter, log }: QueueDeps,
): Promise<Reservation | Outcome> => {
  try {
    return await limiter.reserve(
      ready.map(({ prepared }) => prepared.recipients.usable.length),
      deadline,
    );
  } catch (fault) {
    log.error('no slots could be reserved', { cause: String(fault) });
    return faulted(fault);
  }
};

/**
 * Sends the requests of a batch: slots for all of them are reserved with one write, each mail starts at its own, and none
 * waits for another one's answer.
 *
 * @param done - called once for each, as soon as it is known what becomes of it
 */
export const sendBatch = async (
  jobs: readonly Job[],
  term: Term,
  refusals: Refusals,
  deps: QueueDeps,
  done: (job: Job, outcome: Outcome) => Promise<void>,
): Promise<void> => {
  const ready: Ready[] = [];
  const settled: Promise<void>[] = [];
  for (const job of jobs) {
    const { prepared } = job;
    const outcome = prepared.ok ? refusedBy(refusals, prepared.value) : outcomeOf(prepared);
    if (outcome !== undefined) settled.push(done(job, outcome));
    else if (prepared.ok) ready.push({ job, prepared: prepared.value });
  }
  const reserved = await reserve(ready, term, deps);
  for (const [i, each] of ready.entries()) {
    const settle = async (): Promise<void> => {
      if ('kind' in reserved) return done(each.job, reserved);
      const slot = reserved.slots[i];
      const { what, until } = reserved.lacking ?? { what: 'rate', until: deps.now() };
      if (slot === undefined) return done(each.job, noSlot(what, until));
      return done(each.job, await sendAt(slot, reserved.share, each, term, refusals, deps));
    };
    settled.push(settle());
  }
  await Promise.all(settled);
};
