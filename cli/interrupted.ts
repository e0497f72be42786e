const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for Ctrl-C, or the end of the terminal. Once is enough: a second Ctrl-C ends the process as it always does.
 *
 * @example const interrupted = interruption(process); … await interrupted;
 */
export const interruption = (on: Pick<NodeJS.EventEmitter, 'on' | 'off'>): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      for (const signal of SIGNALS) on.off(signal, end);
      resolve();
    };
    for (const signal of SIGNALS) on.on(signal, end);
  });
