import { useEffect, useState } from 'preact/hooks';

/** One value that many parts of the page look at. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** @returns what ends it */
  watch(look: () => void): () => void;
}

/** @example const connection = store<'fine' | 'lost'>('fine') */
export const store = <T>(first: T): Store<T> => {
  let value = first;
  const looks = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (next === value) return;
      value = next;
      for (const look of looks) look();
    },
    watch: (look) => {
      looks.add(look);
      return () => looks.delete(look);
    },
  };
};

/** The value of a store; draws again when it changes. */
export const useStore = <T>(of: Store<T>): T => {
  const [value, setValue] = useState(of.get());
  useEffect(() => {
    setValue(of.get());
    return of.watch(() => setValue(of.get()));
  }, [of]);
  return value;
};
