import { isSimulator } from '../../core/address/address.ts';
import { Metric } from '../../core/contract/index.ts';
import { type Classified, isVerdict } from '../../core/decisions/classify.ts';
import { isFamiliarType, unfamiliarBounce } from '../../core/feedback/familiar.ts';
import type { FeedbackDeps } from './deps.ts';

/** Kinds of unfamiliar input remembered, so that each is logged once by each environment. */
const REMEMBERED = 256;

/**
 * Counts what was decided, and logs the first sight of anything SES does not document.
 *
 * @returns a function to call once for each message whose record is acknowledged
 */
export const makeTally = ({ counts, log }: Pick<FeedbackDeps, 'counts' | 'log'>) => {
  const seen = new Set<string>();
  const once = (kind: string, fields: { readonly [field: string]: unknown }): void => {
    if (seen.has(kind) || seen.size >= REMEMBERED) return;
    seen.add(kind);
    log.warn('not documented by SES; acknowledged', fields);
  };
  return (classified: Classified): void => {
    if (classified.kind === 'malformed') {
      counts.add(Metric.MESSAGES, 'malformed');
      return;
    }
    const { type, lines } = classified;
    if (!isFamiliarType(type)) once(`type ${type}`, { type });
    for (const line of lines) {
      if (!isVerdict(line)) {
        counts.add(Metric.FEEDBACK, 'unusable-address');
        log.warn('a recipient without a usable address', { type: line.type, code: line.problem.code });
      } else if (line.event === undefined && line.decision.rule === 'other') {
        counts.add(Metric.MESSAGES, isFamiliarType(type) ? type : 'unknown');
      } else {
        const simulated = line.address !== null && isSimulator(line.address);
        counts.add(simulated ? Metric.SIMULATOR : Metric.FEEDBACK, line.decision.rule);
        const unfamiliar = line.event && unfamiliarBounce(line.event);
        if (unfamiliar !== undefined) once(`bounce ${unfamiliar}`, { type, subtype: unfamiliar });
      }
    }
  };
};
