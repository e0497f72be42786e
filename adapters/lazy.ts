/**
 * A thing that is made when it is first needed and kept from then on. With a dynamic import inside, a function does
 * not load at its cold start what most invocations never use.
 *
 * @param load - called again after a failure: only success is kept
 * @example const composer = lazy(async () => (await import('./compose-mime.ts')).composeMime)
 */
export const lazy = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: { readonly value: T } | undefined;
  return async () => {
    loaded ??= { value: await load() };
    return loaded.value;
  };
};
