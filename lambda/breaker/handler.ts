import { type BreakerDeps, type BreakerRun, runBreaker } from '../../core/breaker/run-breaker.ts';

/**
 * The circuit breaker: whatever invokes it, the schedule or an alarm, it reads the rates itself and believes nothing in the
 * event.
 *
 * @returns a handler that fails where the run must be repeated; Lambda repeats an asynchronous invocation twice, and the
 *   schedule comes again
 * @example await makeHandler(deps)() // 'kept'
 */
export const makeHandler = (deps: BreakerDeps) => async (): Promise<BreakerRun> => {
  try {
    const run = await runBreaker(deps);
    deps.log.info('circuit breaker', { run });
    return run;
  } finally {
    deps.counts.flush();
  }
};
