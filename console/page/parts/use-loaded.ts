import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api.ts';
import { problemOf } from './fetch.ts';

/** How far something is that is being asked for. */
export interface Loaded<T> {
  /** The newest answer; stays while it is asked for again, and beside a problem. */
  readonly value: T | undefined;
  /** Of the newest question; null: none. */
  readonly problem: Problem | null;
  readonly loading: boolean;
  /** Asks again. */
  readonly reload: () => void;
}

/**
 * Asks when the view appears and whenever `key` changes; an answer that comes too late is dropped.
 *
 * @param key - what the question depends on, such as the path and its query; another key forgets the old answer
 * @example
 * const { value, problem, loading, reload } = useLoaded(`/entry ${address}`, (signal) => get<AddressView>('/entry', { address }, signal));
 * if (problem) return <ProblemBox problem={problem} onRetry={reload} />;
 * if (!value) return <Loading what="the entry" />;
 */
export const useLoaded = <T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> => {
  const [state, setState] = useState<{ key: string; value?: T; problem: Problem | null; loading: boolean }>({
    key,
    problem: null,
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  const newest = useRef(load);
  newest.current = load;

  useEffect(() => {
    const abort = new AbortController();
    setState((before) => (before.key === key ? { ...before, loading: true } : { key, problem: null, loading: true }));
    newest.current(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setState({ key, value, problem: null, loading: false });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState((before) => ({ ...before, problem: problemOf(error), loading: false }));
      },
    );
    return () => abort.abort();
  }, [key, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const fresh = state.key === key;
  return {
    value: fresh ? state.value : undefined,
    problem: fresh ? state.problem : null,
    loading: !fresh || state.loading,
    reload,
  };
};
