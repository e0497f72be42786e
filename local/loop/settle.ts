import { setTimeout } from 'node:timers/promises';
import type { LocalCloud } from '../cloud.ts';
import { expect, type Step } from './loop-failure.ts';

const POLL_MS = 20;

/**
 * Waits until SES has said everything and the functions have dealt with all that is queued.
 *
 * @param patienceMs - how long that may take
 * @param tell - called meanwhile, and once more at the end
 * @throws LoopFailure when it takes longer
 */
export async function settle(cloud: LocalCloud, patienceMs: number, step: Step, tell = () => {}): Promise<void> {
  const deadline = performance.now() + patienceMs;
  // a cloud that was stopped never settles: waiting for it keeps no process alive
  for (; !cloud.isSettled(); await setTimeout(POLL_MS, undefined, { ref: false })) {
    tell();
    expect(
      performance.now() < deadline,
      step,
      `all should be dealt with within ${patienceMs / 1000} s, ` +
        `${cloud.queue.size} messages are still in the feedback queue and ${cloud.sendQueue.size} in the send queue`,
    );
  }
  tell();
}
