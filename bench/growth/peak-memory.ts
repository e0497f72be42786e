const EVERY_MS = 10;

/**
 * Watches the memory of this process from now on. Not what the system calls its maximum: that begins with the memory of
 * the process it was started from.
 *
 * @returns a function that ends the watch and says the most there was, in MB
 */
export const watchMemory = (): (() => number) => {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return most / 1024 / 1024;
  };
};
