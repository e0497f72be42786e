import { useState } from 'preact/hooks';
import type { BoxLook, Problem, Queues, Redriven } from '../../../api.ts';
import { announce } from '../../parts/announce.ts';
import { post, problemOf } from '../../parts/fetch.ts';
import { doneWords, seenWords } from './box-words.ts';

type BoxView = Queues['boxes'][number];

/** What is known of one dead-letter queue beside its depth, and what is done with it. */
export interface BoxState {
  readonly busy: 'looking' | 'moving' | null;
  readonly look: BoxLook | null;
  readonly done: readonly string[] | null;
  readonly stayed: boolean;
  readonly problem: Problem | null;
}

const IDLE: BoxState = { busy: null, look: null, done: null, stayed: false, problem: null };

/**
 * Looks into a dead-letter queue and puts its letters back; either may take long.
 *
 * @param onMoved - when letters were moved, or may have been
 */
export const useBox = (of: BoxView, onMoved: () => void) => {
  const [state, setState] = useState<BoxState>(IDLE);
  const { box } = of;
  const look = async () => {
    setState({ ...IDLE, busy: 'looking', look: state.look });
    try {
      const found = await post<BoxLook>('/queues/look', { box });
      setState({ ...IDLE, look: found });
      announce(`${of.title}: ${seenWords(found)}`);
    } catch (error) {
      setState({ ...IDLE, problem: problemOf(error) });
    }
  };
  /** @param code - null: all */
  const putBack = async (code: string | null) => {
    setState({ ...IDLE, busy: 'moving', look: state.look });
    announce('Moving the letters.');
    try {
      const redriven = await post<Redriven>('/queues/redrive', { box, code });
      const done = doneWords(redriven, of);
      setState({ ...IDLE, done, stayed: redriven.stayed.length > 0 || redriven.moved === 0 });
      announce(done.join(' '));
    } catch (error) {
      setState({ ...IDLE, problem: problemOf(error) });
    }
    onMoved();
  };
  return { state, lookInside: look, putBack, close: () => setState(IDLE) };
};
