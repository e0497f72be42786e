import { printable } from '../../../cli/output/printable.ts';
import { scopeWords, untilWords } from '../../../cli/output/words.ts';
import type { Verdict } from '../../../core/decisions/classify.ts';
import { ruleOf } from '../../../core/decisions/decide.ts';
import type { Instant } from '../../../core/instant.ts';
import { serverSaid } from './finding.ts';

const LIFTS: Readonly<Record<string, string>> = { 'not-spam': 'a complaint', 'opted-in': 'an unsubscribe' };

/** Why, in the server's own words where there are some. */
const why = (verdict: Verdict): string => {
  const said = serverSaid(verdict);
  if (said !== '') return `the server said ${printable(said)}`;
  const { rule } = verdict.decision;
  return ruleOf(rule)?.because ?? 'the mail did not go to the address that was reported';
};

/**
 * What was decided about one recipient, in one sentence and in the words of `explain`.
 *
 * @example 'pat@target.example is suppressed everywhere, without end: the server said smtp; 550 5.1.1 user unknown.'
 */
export const sentenceOf = (verdict: Verdict, now: Instant): string => {
  const { decision, address } = verdict;
  const { effect, reason, until } = decision;
  const who = address === null ? '' : printable(address);
  const where = scopeWords(decision.scope ?? '*');
  switch (effect) {
    case 'suppress':
    case 'hold':
      return `${who} is suppressed ${where}, ${untilWords(until, now)}: ${why(verdict)}.`;
    case 'strike':
      return `${who} has a strike ${where}: ${why(verdict)}. One counts per day, and several lead to a hold.`;
    case 'lift':
      return `What ${LIFTS[reason] ?? reason} caused for ${who} ${where} is lifted: ${why(verdict)}.`;
    case 'reset':
      return `Older strikes of ${who} no longer count: ${why(verdict)}.`;
    default:
      return `Nothing changes${who === '' ? '' : ` for ${who}`}: ${why(verdict)}.`;
  }
};
