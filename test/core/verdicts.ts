import { DEFAULT_POLICY, type Policy } from '../../core/contract/index.ts';
import { type Classified, classify, isVerdict, type Unusable, type Verdict } from '../../core/decisions/classify.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';

/** Opens and classifies, as every user of core does. */
export const classified = (input: unknown, policy: Policy = DEFAULT_POLICY): Classified[] =>
  openEnvelope(input).map((opened) => classify(opened, policy));

/** All lines of all messages; a malformed one fails the test. */
export const linesOf = (input: unknown, policy?: Policy): (Verdict | Unusable)[] =>
  classified(input, policy).flatMap((message) => {
    if (message.kind === 'malformed') throw new Error(`malformed: ${message.problem.code} ${message.problem.message}`);
    return [...message.lines];
  });

/** All verdicts; an unusable recipient among them fails the test. */
export const verdictsOf = (input: unknown, policy?: Policy): Verdict[] =>
  linesOf(input, policy).map((line) => {
    if (!isVerdict(line)) throw new Error(`unusable: ${line.problem.message}`);
    return line;
  });

/** The one verdict of an input that has exactly one. */
export const verdictOf = (input: unknown, policy?: Policy): Verdict => {
  const [verdict, ...others] = verdictsOf(input, policy);
  if (verdict === undefined || others.length > 0) throw new Error(`${others.length + 1} verdicts where one belongs`);
  return verdict;
};

/** What tables compare: whom, by which rule, to what effect. */
export const summary = ({ address, decision: { rule, effect, reason, scope } }: Verdict) => ({
  address,
  rule,
  effect,
  reason,
  scope,
});

/** The code of the one malformed message in an input. */
export const codeOf = (input: unknown): string | undefined => {
  const [message] = classified(input);
  return message?.kind === 'malformed' ? message.problem.code : undefined;
};
