import { styleText } from 'node:util';

/** How a step ended. */
export interface StepReport {
  readonly step: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** What was seen; more lines where there is more to tell. */
  readonly detail: string;
}

/** How everything ended. */
export interface Totals {
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  /** Steps that were not tried, as an earlier one failed. */
  readonly notRun: number;
  readonly seconds: number;
}

/** Tells of the steps as they end. */
export interface Report {
  step(step: StepReport): void;
  totals(totals: Totals): void;
}

/** One JSON line a step, and one for the totals. */
export const jsonReport = (print: (line: string) => void): Report => ({
  step: (step) => print(JSON.stringify({ event: 'step', ...step })),
  totals: (totals) => print(JSON.stringify({ event: 'end', ...totals })),
});

const NAME_WIDTH = 12;

/** Lines for people. @param color - whether to paint */
export const humanReport = (print: (line: string) => void, color: boolean): Report => {
  const paint = (style: 'green' | 'red', text: string) => (color ? styleText(style, text) : text);
  return {
    step({ step, ok, seconds, detail }) {
      const mark = ok ? paint('green', 'ok    ') : paint('red', 'FAILED');
      const [first = '', ...more] = detail.split('\n');
      print(`${mark}  ${step.padEnd(NAME_WIDTH)} ${seconds.toFixed(1).padStart(6)} s  ${first}`);
      for (const line of more) print(`${' '.repeat(NAME_WIDTH + 20)}${line.trim()}`);
    },
    totals({ ok, passed, failed, notRun, seconds }) {
      const rest = notRun > 0 ? `, ${notRun} not run` : '';
      print('');
      print(paint(ok ? 'green' : 'red', `${passed} steps ok, ${failed} failed${rest}; ${seconds.toFixed(0)} s.`));
    },
  };
};
