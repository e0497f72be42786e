import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ListPage, Problem } from '../../../api.ts';
import { problemOf } from '../../parts/fetch.ts';
import { type Query, searchOf } from '../../parts/route.ts';
import { PageCache } from './page-cache.ts';

/** What came before a page, for counting. */
export interface Before {
  /** Its cursor; null: it is the first one. */
  readonly cursor: string | null;
  readonly rows: number;
  readonly looked: number;
}

/** A page as it is shown. */
export interface Shown {
  /** The newest one there is: of another filter, or of the page before, while this one is loading. */
  readonly page: ListPage | undefined;
  readonly problem: Problem | null;
  readonly loading: boolean;
  /** What came before; undefined: nobody knows, because the page was come to from elsewhere. */
  readonly before: Before | undefined;
  readonly reload: () => void;
}

/** The newest page, and what became of the newest question. */
interface Answer {
  readonly page?: ListPage;
  readonly pageKey?: string;
  readonly key: string;
  readonly problem: Problem | null;
}

/** Of every page that was gone on to: what came before it. It outlives the view, so that "back" from an entry counts on. */
const trail = new Map<string, Before>();
const TRAIL = 2000;
const FIRST: Before = { cursor: null, rows: 0, looked: 0 };

const keyOf = (query: Query, after: string | null): string => searchOf({ ...query, after });

const remember = (query: Query, { next, entries, looked }: ListPage, cursor: string | null, before: Before): void => {
  if (next === null) return;
  const key = keyOf(query, next);
  trail.delete(key);
  trail.set(key, { cursor, rows: before.rows + entries.length, looked: before.looked + looked });
  for (const old of trail.keys()) if (trail.size > TRAIL) trail.delete(old);
};

/**
 * The page of the list behind a cursor. The next one is asked for as soon as this one is there.
 *
 * @param query - the filters, as the server is asked
 * @param after - a cursor; null: the first page
 */
export const usePages = (query: Query, after: string | null): Shown => {
  const cache = useMemo(() => new PageCache(), []);
  const key = keyOf(query, after);
  const [state, setState] = useState<Answer>({ key: '', problem: null });
  const [turn, setTurn] = useState(0);
  const asked = useRef(query);
  asked.current = query;

  const before = after === null ? FIRST : trail.get(key);
  const ready = state.pageKey === key ? state.page : cache.peek({ ...query, after });

  useEffect(() => {
    let isWanted = true;
    cache.page({ ...asked.current, after }).then(
      (page) => {
        if (before !== undefined) remember(asked.current, page, after, before);
        if (page.next !== null) cache.ahead({ ...asked.current, after: page.next });
        if (isWanted) setState({ key, page, pageKey: key, problem: null });
      },
      (error: unknown) => {
        if (isWanted) setState((last) => ({ ...last, key, problem: problemOf(error) }));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [key, turn]);

  const reload = useCallback(() => {
    cache.clear();
    setState(({ page }) => ({ ...(page !== undefined && { page }), key: '', problem: null }));
    setTurn((last) => last + 1);
  }, []);

  const problem = state.key === key ? state.problem : null;
  return { page: ready ?? state.page, problem, loading: ready === undefined && problem === null, before, reload };
};
