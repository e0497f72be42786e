import type { BreakerState, Cause, Pause } from '../../../core/breaker/breaker-state.ts';
import { type Limits, limitsOf } from '../../../core/breaker/limits.ts';
import type { Readings } from '../../../core/breaker/rates.ts';
import { DEFAULT_BREAKER } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';

export const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
export const SET = { kind: 'configuration-set', name: 'mine' } as const;
export const ACCOUNT = { kind: 'account' } as const;
export const LIMITS: Limits = limitsOf({ ...DEFAULT_BREAKER, volume: 'Delivery' });

/** Readings of so many delivered mails and bad ones. */
export const readings = (
  delivered: number,
  { bounces = 0, complaints = 0 } = {},
  ses: Partial<Readings['ses']> = {},
): Readings => ({
  ses: { bounces: undefined, complaints: undefined, ...ses },
  events: { bounces, complaints },
  volume: delivered + bounces,
  busiest: delivered + bounces,
});

export const CAUSE: Cause = {
  kind: 'bounces',
  source: 'own',
  rate: 0.0625,
  line: 0.05,
  events: 100,
  volume: 1600,
  since: NOW - DAY,
};

export const pauseOf = (more: Partial<Pause> = {}): Pause => ({ at: NOW, by: 'breaker', cause: CAUSE, ...more });

export const stateOf = (more: Partial<BreakerState> = {}): BreakerState => ({
  phase: 'running',
  disarmed: [],
  ...more,
});
