import { Metric } from '../contract/index.ts';
import { DAY } from '../instant.ts';
import type { Counted } from './counters.ts';
import type { Counter } from './metric-reader.ts';
import { SEND_RULE, type Wired } from './own-rates.ts';

/** What tells that SES reports deliveries, or what it has accepted. */
export const WIRING_COUNTERS = [
  { metric: Metric.FEEDBACK, rule: 'delivered' },
  { metric: Metric.MESSAGES, rule: SEND_RULE },
] as const satisfies readonly Counter[];

/** How far back that is looked for, so that a day without a delivery does not look like none being reported. */
export const WIRING_MS = 15 * DAY;

/**
 * What SES reports of every mail, seen by what came in.
 *
 * @param identities - whether feedback of identities comes in: what SES accepts is not reported of them, but their bounces
 *   are, so that these are no part of those
 */
export const wiredBy = (counted: Counted, identities: boolean): Wired => {
  const [delivered, sent] = WIRING_COUNTERS.map(({ metric, rule }) => counted.get(metric)?.get(rule) ?? 0);
  if (delivered !== undefined && delivered > 0) return 'deliveries';
  return sent !== undefined && sent > 0 && !identities ? 'sends' : 'neither';
};
