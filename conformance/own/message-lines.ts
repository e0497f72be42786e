import type { Policy } from '../../core/contract/index.ts';
import { type Classified, classify, isVerdict, type Unusable, type Verdict } from '../../core/decisions/classify.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { toIso } from '../../core/instant.ts';
import type { Line } from '../corpus/format.ts';

const lineOf = (line: Verdict | Unusable): Line => {
  if (!isVerdict(line)) return { type: line.type, address: null, at: null, unusable: line.problem.code };
  const { type, address, event, decision } = line;
  const { rule, effect, reason, scope, until } = decision;
  const at = event === undefined ? null : toIso(event.at);
  return { type, address, at, rule, effect, reason, scope, until: until === null ? null : toIso(until) };
};

const linesOf = (classified: Classified): Line[] =>
  classified.kind === 'malformed' ? [{ malformed: classified.problem.code }] : classified.lines.map(lineOf);

/** What this project makes of one input, in the words of the corpus. */
export const messageLines = (input: unknown, policy: Policy): Line[] =>
  openEnvelope(input).flatMap((opened) => linesOf(classify(opened, policy)));
