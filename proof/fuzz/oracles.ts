import { parse } from 'csv-parse/sync';
import { Violation } from './target.ts';

const STACK = /^\s+at .+[:(]\d+:\d+\)?$/m;
/** What a terminal would do instead of show, a line break apart; also marks that hide or turn text around. */
const ACTIVE = /[^\P{Cc}\t\n]|[\u061c\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const MISTAKES = ['undefined', '[object Object]', 'NaN', 'Invalid Date'];

const excerpt = (text: string, found: number): string =>
  JSON.stringify(text.slice(Math.max(0, found - 60), found + 60));

/**
 * What a program writes for people.
 *
 * @param given - the input: what stands in it already is no mistake of the program's
 * @throws Violation for a stack trace, a value that was never meant to be read, or anything that acts on a terminal
 */
export const checkForPeople = (text: string, given: string): void => {
  const stack = STACK.exec(text);
  if (stack !== null) throw new Violation('crash', `a stack trace is shown: ${excerpt(text, stack.index)}`);
  const active = ACTIVE.exec(text);
  if (active !== null)
    throw new Violation('injection', `text for people acts on a terminal: ${excerpt(text, active.index)}`);
  for (const mistake of MISTAKES)
    if (text.includes(mistake) && !given.toLowerCase().includes(mistake.toLowerCase()))
      throw new Violation('promise', `${mistake} is shown: ${excerpt(text, text.indexOf(mistake))}`);
};

/**
 * What a program writes for programs: one JSON object a line.
 *
 * @returns the objects
 * @throws Violation for a line that is none
 */
export const checkLines = (text: string): readonly { readonly [name: string]: unknown }[] => {
  if (text !== '' && !text.endsWith('\n'))
    throw new Violation('promise', `the last line has no end: ${JSON.stringify(text.slice(-120))}`);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      let parsed: unknown;
      try {
        parsed = JSON.parse(line);
      } catch {
        throw new Violation('injection', `a line is no JSON: ${JSON.stringify(line.slice(0, 120))}`);
      }
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
        throw new Violation('injection', `a line is no JSON object: ${line.slice(0, 120)}`);
      return Object.fromEntries(Object.entries(parsed));
    });
};

/** @throws Violation if more comes out than `times` what went in, and something to begin with */
export const checkSize = (what: string, out: number, given: number, times: number): void => {
  const most = 64 * 1024 + times * given;
  if (out > most)
    throw new Violation('memory', `${what}: ${out} characters for ${given}, at most ${most} are in order`);
};

/** @throws Violation unless it is CSV whose rows have all the same cells, none of which a spreadsheet would run */
export const checkCsv = (text: string): void => {
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, { bom: true });
  } catch (fault) {
    throw new Violation('promise', `the CSV is broken: ${String(fault)}`);
  }
  const formula = rows.flat().find((cell) => /^[=+\-@\t\r]/.test(cell));
  if (formula !== undefined)
    throw new Violation('injection', `a spreadsheet runs this cell: ${JSON.stringify(formula.slice(0, 80))}`);
};
