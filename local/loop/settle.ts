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
  for (; !cloud.isSettled(); await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    tell();
    const left = [cloud.queue, cloud.sendQueue].map(({ visible, inFlight }) => visible + inFlight);
    expect(
      performance.now() < deadline,
      step,
      `all should be dealt with within ${patienceMs / 1000} s, ` +
        `${left[0]} messages are still in the feedback queue and ${left[1]} in the send queue`,
    );
  }
  tell();
}
