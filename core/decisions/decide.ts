import type { Address } from '../address/address.ts';
import type { DecisionRule, Policy } from '../contract/index.ts';
import { BLOCKING_REASONS, type BlockingReason } from '../entry/entry.ts';
import { endOf } from '../entry/in-force.ts';
import type { FeedbackEvent } from '../feedback/event.ts';
import type { Instant } from '../instant.ts';
import { type Outcome, RULES } from './rules.ts';

/** What was decided about one event, and by which rule. */
export interface Decision extends Outcome {
  readonly rule: DecisionRule;
  /** End of the block this event alone brings; null if it has none or blocks nothing. */
  readonly until: Instant | null;
}

const isBlocking = (reason: string): reason is BlockingReason =>
  (BLOCKING_REASONS as readonly string[]).includes(reason);

const untilOf = ({ effect, reason }: Outcome, recipient: Address, at: Instant, policy: Policy): Instant | null =>
  (effect === 'suppress' || effect === 'hold') && isBlocking(reason) ? endOf(reason, recipient, at, policy) : null;

/**
 * Decides what an event does to the list: the first rule of the table that fits.
 *
 * @example decide(permanentBounce, DEFAULT_POLICY) // { rule: 'hard-bounce', effect: 'suppress', scope: '*', … }
 */
export const decide = (event: FeedbackEvent, policy: Policy): Decision => {
  for (const rule of RULES) {
    if (!rule.fits(event, policy)) continue;
    const outcome = rule.outcome(event, policy);
    return { rule: rule.id, ...outcome, until: untilOf(outcome, event.recipient, event.at, policy) };
  }
  throw new Error('the last rule of the decision table fits everything');
};

/** The row of the table that has this id, for explanations. */
export const ruleOf = (id: string) => RULES.find((rule) => rule.id === id);
