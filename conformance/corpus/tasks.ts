import type { Case, Question } from './format.ts';
import { ordersOf } from './orders.ts';

/** What a runner is asked, one NDJSON line each; what is expected is not among it. */
export interface Task {
  /** The case's id; of a sequence played in a further order, `#1`, `#2`, … follows. */
  readonly id: string;
  readonly kind: 'message' | 'address' | 'sequence';
  readonly [field: string]: unknown;
}

/** A task with the case it belongs to, and which of its questions it asks. */
export interface Asked {
  readonly task: Task;
  readonly of: Case;
  /** Of a sequence only. */
  readonly questions: readonly Question[];
}

const withoutExpected = ({ expected: _expected, ...question }: Question) => question;

/**
 * What a runner must be asked to go through a case: one task, or of a sequence one for each order. Questions in the middle
 * are asked in the order that is written only.
 *
 * @example tasksOf(addressCase) // [{ task: { id: 'address-plain', kind: 'address', input: 'pat@target.example' }, … }]
 */
export const tasksOf = (of: Case): Asked[] => {
  const { id } = of;
  if (of.kind === 'addresses') return [{ task: { id, kind: 'address', input: of.input }, of, questions: [] }];
  const policy = of.policy === undefined ? {} : { policy: of.policy };
  if (of.kind === 'messages') {
    const { envelope, encoding, input } = of;
    const task = { id, kind: 'message', envelope, ...policy, ...(encoding && { encoding }), input } as const;
    return [{ task, of, questions: [] }];
  }
  return ordersOf(of).map((steps, order) => {
    const questions = order === 0 ? of.questions : of.questions.filter(({ after }) => after === undefined);
    return {
      task: {
        id: order === 0 ? id : `${id}#${order}`,
        kind: 'sequence',
        ...policy,
        steps: steps.map(({ name: _name, ...step }) => step),
        questions: questions.map(withoutExpected),
      },
      of,
      questions,
    };
  });
};
