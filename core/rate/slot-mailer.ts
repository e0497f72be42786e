import { type Instant, SECOND } from '../instant.ts';
import { fail } from '../result.ts';
import { sendFailure } from '../send/failure.ts';
import type { Mailer } from '../send/mailer.ts';
import type { Limiter } from './limiter.ts';
import { LATE_MS } from './slots.ts';
import { type Time, waitUntil } from './time.ts';

/** How old the check of the list may get while a mail that was late waits for a new slot. */
const FRESH_MS = SECOND;
/** Slots a mail may miss. */
const SLOTS = 3;

/** What a mailer that keeps to a slot is made of. */
export interface SlotMailerDeps extends Time {
  /** Makes one try in the time it is given. */
  readonly mailer: Mailer;
  readonly limiter: Limiter;
}

/**
 * A mailer for one mail, which hands it over at its slot: never sooner, and only a little later. A mail that is late takes
 * a new slot if there is one at once, and else fails with `RateExceeded`: nothing was sent. There is one try, as a
 * second one would be outside of the slot. When SES throttles, every sender slows down.
 *
 * @param slot - reserved for the recipients of this mail
 * @example await send(request, deadline, { ...deps, mailer: slotMailer(slot, { mailer, limiter, now, sleep }) })
 */
export const slotMailer = (slot: Instant, { mailer, limiter, ...time }: SlotMailerDeps): Mailer => ({
  async send(mail, deadline) {
    let at: Instant | undefined = slot;
    for (let missed = 0; at !== undefined && missed < SLOTS; missed += 1) {
      await waitUntil(at, time);
      if (time.now() - at <= LATE_MS) {
        const result = await mailer.send(mail, at + LATE_MS);
        if (!result.ok && result.error.code === 'RateExceeded') await limiter.throttled();
        return result;
      }
      const until = Math.min(deadline, time.now() + FRESH_MS);
      try {
        [at] = (await limiter.reserve([mail.destinations.length], until)).slots;
      } catch (fault) {
        return fail(sendFailure('RateExceeded', `no new slot could be reserved, nothing was sent: ${String(fault)}`));
      }
    }
    return fail(
      sendFailure('RateExceeded', 'the mail was late at its slot and there was no other one; nothing was sent'),
    );
  },
});
