import * as v from 'valibot';
import type { BreakerState } from '../core/breaker/breaker-state.ts';
import { BreakerStateUnreadable } from '../core/breaker/breaker-store.ts';
import type { Pausable } from '../core/breaker/sending.ts';

/** Farther from 1970 nothing has a date. */
const DATES_MS = 8.64e15;

const instant = v.pipe(v.number(), v.minValue(-DATES_MS), v.maxValue(DATES_MS));
const kind = v.picklist(['bounces', 'complaints']);
const text = v.exactOptional(v.string());

const stateSchema = v.object({
  phase: v.picklist(['running', 'pausing', 'paused']),
  pause: v.exactOptional(
    v.object({
      at: instant,
      by: v.picklist(['breaker', 'command', 'elsewhere']),
      cause: v.exactOptional(
        v.object({
          kind,
          source: v.picklist(['ses', 'own']),
          rate: v.number(),
          line: v.number(),
          events: v.number(),
          volume: v.number(),
          since: instant,
        }),
      ),
      operator: text,
      note: text,
      claimedAt: v.exactOptional(instant),
      toldAt: v.exactOptional(instant),
    }),
  ),
  resumption: v.exactOptional(
    v.object({ at: instant, by: v.picklist(['command', 'elsewhere']), operator: text, note: text }),
  ),
  disarmed: v.array(kind),
});

/**
 * The id of the item that remembers a state. The name of a configuration set has no `*`.
 *
 * @example breakerId({ kind: 'configuration-set', name: 'mine' }) // 'breaker#mine'
 */
export const breakerId = (of: Pausable): string => `breaker#${of.kind === 'account' ? '*' : of.name}`;

/** A state as text: JSON, its times in milliseconds. */
export const writeState = (state: BreakerState): string => JSON.stringify(state);

/** @throws BreakerStateUnreadable */
export const readState = (written: string | undefined): BreakerState => {
  try {
    return v.parse(stateSchema, JSON.parse(written ?? ''));
  } catch (cause) {
    throw new BreakerStateUnreadable(
      'the state of the circuit breaker is none that this version can read; delete the item, and its hysteresis is lost',
      { cause },
    );
  }
};
