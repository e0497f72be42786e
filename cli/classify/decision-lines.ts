import type { Policy } from '../../core/contract/index.ts';
import { type Classified, classify, isVerdict, type Unusable, type Verdict } from '../../core/decisions/classify.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import type { Problem } from '../../core/result.ts';
import type { Input } from '../input/json-inputs.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';

const decisionLine = (input: number, line: Verdict | Unusable): string => {
  if (!isVerdict(line)) return jsonLine({ input, type: line.type, address: null, error: line.problem });
  const { effect, reason, scope, until, rule } = line.decision;
  const { type, address } = line;
  return jsonLine({ input, type, address, effect, reason, scope, until: isoOrNull(until), rule });
};

const malformedLine = (input: number, line: number, { code, message }: Problem): string =>
  jsonLine({ input, error: { code, message: `line ${line}: ${message}` } });

/** Writes what was decided about each input, and counts: every SES message is one, each record of an event too. */
export class DecisionLines {
  readonly #policy: Policy;
  #inputs = 0;
  #malformed = 0;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Inputs so far. */
  get inputs(): number {
    return this.#inputs;
  }

  /** Of those, the ones nobody can read. */
  get malformed(): number {
    return this.#malformed;
  }

  /** The NDJSON lines of one input. */
  of(input: Input): string {
    if (input.kind === 'problem') return this.#line(input.line, { kind: 'malformed', problem: input.problem });
    return openEnvelope(input.value)
      .map((opened) => this.#line(input.line, classify(opened, this.#policy)))
      .join('');
  }

  #line(line: number, classified: Classified | { kind: 'malformed'; problem: Problem }): string {
    const ordinal = this.#inputs;
    this.#inputs += 1;
    if (classified.kind === 'decided') return classified.lines.map((each) => decisionLine(ordinal, each)).join('');
    this.#malformed += 1;
    return malformedLine(ordinal, line, classified.problem);
  }
}
