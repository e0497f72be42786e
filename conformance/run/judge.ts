import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../../core/feedback/open-envelope.ts';
import type { AddressCase, MessageCase } from '../corpus/format.ts';
import type { Asked } from '../corpus/tasks.ts';
import type { Level } from './level.ts';

type Fields = { readonly [field: string]: unknown };

/** What is expected and what came instead, as short as it shows the difference. */
export interface Mismatch {
  readonly at: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** How a runner did on one task at one level. */
export type Verdict =
  | { readonly outcome: 'passed' | 'unsupported' }
  | { readonly outcome: 'failed'; readonly mismatches: readonly Mismatch[] };

const verdict = (mismatches: readonly Mismatch[]): Verdict =>
  mismatches.length === 0 ? { outcome: 'passed' } : { outcome: 'failed', mismatches };

/** The fields of `got` that `expected` has, if it has them all; what else a runner tells does not count. */
const sameFields = (expected: Fields, got: unknown): unknown =>
  isFields(got) && Object.keys(expected).every((name) => name in got)
    ? Object.fromEntries(Object.keys(expected).map((name) => [name, got[name]]))
    : got;

const READING = ['type', 'address', 'at'];

/** What a line says at the level of reading. */
const reading = (line: unknown): unknown => {
  if (!isFields(line)) return line;
  if ('malformed' in line) return { malformed: true };
  return Object.fromEntries(READING.map((name) => [name, line[name] ?? null]));
};

/** Without lines that repeat the one before them: how many decisions follow from one reading is policy. */
const unrepeated = (lines: readonly unknown[]): unknown[] =>
  lines.filter((line, i) => i === 0 || !isDeepStrictEqual(line, lines[i - 1]));

const judgeLines = ({ expected }: MessageCase, answer: Fields, level: Level): Verdict => {
  const lines: unknown = 'error' in answer ? [{ malformed: answer.error }] : answer.decisions;
  if (!Array.isArray(lines)) return verdict([{ at: 'decisions', expected, got: lines }]);
  const isReading = level === 'reading';
  const wanted: readonly unknown[] = isReading ? unrepeated(expected.map(reading)) : expected;
  const got: readonly unknown[] = isReading ? unrepeated(lines.map(reading)) : lines;
  const mismatches: Mismatch[] = [];
  for (let i = 0; i < Math.max(wanted.length, got.length); i += 1) {
    const line = wanted[i];
    const told = isFields(line) ? sameFields(line, got[i]) : got[i];
    if (!isDeepStrictEqual(line, told)) mismatches.push({ at: `line ${i + 1}`, expected: line, got: told });
  }
  return verdict(mismatches);
};

/** The key must be the one expected; why there is none only if the runner says why. */
const judgeKey = ({ expected }: AddressCase, answer: Fields): Verdict => {
  const wanted = answer.reason === undefined ? { key: expected.key } : expected;
  const got = sameFields(wanted, answer);
  return verdict(isDeepStrictEqual(wanted, got) ? [] : [{ at: 'key', expected: wanted, got }]);
};

const judgeAnswers = ({ questions }: Asked, answer: Fields): Verdict => {
  const answers = Array.isArray(answer.answers) ? answer.answers : [];
  const mismatches: Mismatch[] = [];
  let unsupported = false;
  for (const [i, { expected, ...question }] of questions.entries()) {
    const got: unknown = answers[i];
    if (isFields(got) && 'unsupported' in got) unsupported = true;
    else if (!isDeepStrictEqual(expected, isFields(expected) ? sameFields(expected, got) : got))
      mismatches.push({ at: JSON.stringify(question), expected, got });
  }
  return mismatches.length === 0 && unsupported ? { outcome: 'unsupported' } : verdict(mismatches);
};

/**
 * Compares an answer with what is expected, strictly.
 *
 * @param answer - undefined if the runner gave none
 */
export const judge = (asked: Asked, answer: Fields | undefined, level: Level): Verdict => {
  if (answer === undefined) return verdict([{ at: 'answer', expected: 'an answer', got: undefined }]);
  if ('unsupported' in answer) return { outcome: 'unsupported' };
  const { of } = asked;
  if (of.kind === 'messages') return judgeLines(of, answer, level);
  return of.kind === 'addresses' ? judgeKey(of, answer) : judgeAnswers(asked, answer);
};
