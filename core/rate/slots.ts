import type { Instant } from '../instant.ts';

/** Microseconds since the epoch, UTC: fine enough for thousands of slots a second, and still a whole number. */
export type Micros = number;

export const MICROS = 1000;

/** A mail later than this at its slot takes a new one. */
export const LATE_MS = 20;

/**
 * What is added to each second's worth of slots. In no sliding second do more calls start than the rate, as long as this
 * is no less than how late a call may start and how far two clocks may be apart: 20 + 10 ms, and a millisecond each for
 * clocks that tell whole ones.
 */
const ALLOWANCE: Micros = 32 * MICROS;
const SECOND: Micros = 1_000_000;

/**
 * From one slot to the next, where so many recipients a second may be mailed.
 *
 * @param rate - recipients a second, above 0
 * @example slotSpacing(14) // 73715
 */
export const slotSpacing = (rate: number): Micros => Math.ceil((SECOND + ALLOWANCE) / rate);

/** @example toMicros(1.5) // 1500 */
export const toMicros = (instant: Instant): Micros => Math.ceil(instant * MICROS);

/** The instant of a slot; it may have a fraction. */
export const fromMicros = (micros: Micros): Instant => micros / MICROS;
