import type { Counts } from '../core/counts.ts';
import type { Log } from '../core/log.ts';
import { emfCounts } from './emf-counts.ts';
import { powertoolsLog } from './powertools-log.ts';

/** Log and counts of a deployed function; a module of its own, so that it can be loaded beside the rest. */
export const observing = (): { readonly log: Log; readonly counts: Counts } => ({
  log: powertoolsLog(),
  counts: emfCounts(),
});
