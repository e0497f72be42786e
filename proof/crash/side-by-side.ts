import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Explored, Thoroughness } from './explore.ts';
import type { Order } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Explores one scenario after another in a process of its own. */
const inProcess = (queue: Iterator<string>, how: Thoroughness, done: (explored: Explored) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = fork(WORKER, { execArgv: ['--import', 'tsx'] });
    const next = (): void => {
      const { value: scenario, done: isOver } = queue.next();
      if (isOver) worker.kill();
      else worker.send({ scenario, how } satisfies Order);
      if (isOver) resolve();
    };
    worker.on('message', (explored) => {
      done(explored as Explored);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a process that explores ended with ${code}`)));
    next();
  });

/**
 * Explores scenarios in several processes.
 *
 * @param scenarios - program and name of each
 * @param done - told of each as soon as it is explored, in no order
 */
export const exploreAll = async (
  scenarios: readonly string[],
  processes: number,
  how: Thoroughness,
  done: (explored: Explored) => void,
): Promise<void> => {
  const queue = scenarios.values();
  await Promise.all(Array.from({ length: Math.min(processes, scenarios.length) }, () => inProcess(queue, how, done)));
};
