import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes in use on the heap after a forced collection; the flag is set here, so that no one need start Node with it. */
export const heapAfterCollection = (): number => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

export const MIB = 1024 * 1024;
