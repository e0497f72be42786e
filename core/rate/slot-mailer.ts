import { type Instant, SECOND } from '../instant.ts';
import { fail } from '../result.ts';
import { sendFailure } from '../send/failure.ts';
import type { Mailer } from '../send/mailer.ts';
import type { Lead } from './lead.ts';
import type { Limiter } from './limiter.ts';
import { LATE_MS } from './slots.ts';
import { type Time, waitUntil } from './time.ts';

/** How old the check of the list may get while a mail that was late waits for a new slot. */
const FRESH_MS = SECOND;
/** Slots a mail may miss. */
const SLOTS = 3;

/** A slot, and how long before it the mail was begun. */
export interface Slot {
  readonly at: Instant;
  readonly leadMs: number;
}

/** What a mailer that keeps to a slot is made of. */
export interface SlotMailerDeps extends Time {
  /** Makes one try in the time it is given. */
  readonly mailer: Mailer;
  readonly limiter: Limiter;
  readonly lead: Lead;
}

/** A mailer for one mail. */
export interface SlotMailer extends Mailer {
  /** Whether the mail was late at every slot it had: SES was not asked, and nothing was sent. */
  readonly missed: () => boolean;
}

/**
 * A mailer for one mail, which hands it over at its slot: never sooner, and only a little later. A mail that is late takes
 * a new slot if there is one at once, and else fails with `RateExceeded`: nothing was sent. There is one try, as a
 * second one would be outside of the slot. When SES throttles, every sender slows down.
 *
 * @param slot - reserved for the recipients of this mail
 * @example await send(request, deadline, { ...deps, mailer: slotMailer({ at, leadMs: 250 }, deps) })
 */
export const slotMailer = (slot: Slot, { mailer, limiter, lead, ...time }: SlotMailerDeps): SlotMailer => {
  let missed = false;

  const handOver: Mailer['send'] = async (mail, deadline) => {
    let result: Awaited<ReturnType<Mailer['send']>>;
    try {
      result = await mailer.send(mail, deadline);
    } catch (fault) {
      return fail(sendFailure('OutcomeUnknown', `handing the mail to SES met a fault: ${String(fault)}`));
    }
    if (!result.ok && result.error.code === 'RateExceeded') await limiter.throttled();
    return result;
  };

  return {
    missed: () => missed,
    async send(mail, deadline) {
      const readyAt = time.now();
      const begunAt = slot.at - slot.leadMs;
      let at: Instant | undefined = slot.at;
      for (let slots = 0; at !== undefined && slots < SLOTS; slots += 1) {
        await waitUntil(at, time);
        const lateMs = time.now() - at;
        const isInTime = lateMs <= LATE_MS;
        if (slots === 0) lead.took(Math.min(readyAt, at) - begunAt + (isInTime ? 0 : lateMs));
        if (isInTime) return handOver(mail, at + LATE_MS);
        const until = Math.min(deadline, time.now() + FRESH_MS);
        try {
          [at] = (await limiter.reserve([mail.destinations.length], until)).slots;
        } catch (fault) {
          missed = true;
          return fail(sendFailure('RateExceeded', `no new slot could be reserved, nothing was sent: ${String(fault)}`));
        }
      }
      missed = true;
      return fail(
        sendFailure('RateExceeded', 'the mail was late at its slot and there was no other one; nothing was sent'),
      );
    },
  };
};
