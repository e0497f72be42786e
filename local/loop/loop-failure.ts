import { LocalError } from '../local-error.ts';
import type { WayToSend } from './loop-event.ts';

/** The steps of the closed loop, in order. */
export type Step = 'send' | 'feedback' | 'list' | 'send-again' | WayToSend | 'dead-letters';

/** The loop did not close: which step, what was expected and what came instead. */
export class LoopFailure extends LocalError {
  readonly step: Step;

  constructor(step: Step, message: string, remedy = 'run it again with --verbose to see what the functions write') {
    super('LOOP_OPEN', message, remedy);
    this.step = step;
  }
}

/** @throws LoopFailure when `holds` is false */
export function expect(holds: boolean, step: Step, message: string): asserts holds {
  if (!holds) throw new LoopFailure(step, message);
}
