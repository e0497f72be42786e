/** Megabytes of live objects, after a forced collection. @throws in a Node without `--expose-gc` */
export const liveMb = (): number => {
  if (globalThis.gc === undefined) throw new Error('run this with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};
