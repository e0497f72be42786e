/**
 * A thing that is made when it is first asked for, once, and kept.
 *
 * @param load - called again after a failure: only success is kept
 * @example const parking = lazy(async () => (await import('./sqs-parking.ts')).sqsParking(queueUrl))
 */
export const lazy = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((fault: unknown) => {
      loading = undefined;
      throw fault;
    });
    return loading;
  };
};

/**
 * Like {@link lazy}, but begun as soon as the module that asks is loaded. With a dynamic import inside, a function is ready
 * before the rest of it is: that loads while the first invocation is on its way, or while it waits for the network.
 *
 * @example const composer = early(async () => (await import('./compose-mime.ts')).composeMime)
 */
export const early = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  const get = lazy(load);
  setImmediate(() => get().catch(() => undefined));
  return get;
};
