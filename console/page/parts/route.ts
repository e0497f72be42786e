import { useEffect, useState } from 'preact/hooks';

/** Values of a query: a list is repeated, what is empty or null is left out. */
export type Query = Readonly<Record<string, string | number | readonly string[] | null | undefined>>;

/** Where the page is: `#/entry/pat%40target.example?scope=*` has the view `entry` and the path `['pat@target.example']`. */
export interface Route {
  readonly view: string;
  /** Decoded, without the view. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Reads a hash. An empty one is the view `now`. */
export const parseRoute = (hash: string): Route => {
  const [way = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const [view = '', ...path] = way.split('/').map(decoded);
  return {
    view: view === '' ? 'now' : view,
    path: path.filter((each) => each !== ''),
    query: new URLSearchParams(query),
  };
};

/**
 * The address of a view, for `href` and for `go`.
 *
 * @example link('entry', ['pat@target.example']) // '#/entry/pat%40target.example'
 * @example link('list', [], { reason: ['complaint', 'hard-bounce'], search: '' }) // '#/list?reason=complaint&reason=hard-bounce'
 */
export const link = (view: string, path: readonly string[] = [], query: Query = {}): string => {
  const way = [view, ...path].map(encodeURIComponent).join('/');
  const asked = searchOf(query);
  return asked === '' ? `#/${way}` : `#/${way}?${asked}`;
};

/** A query as it stands behind the `?`. */
export const searchOf = (query: Query): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== null && each !== undefined && each !== '') search.append(name, String(each));
  return search.toString();
};

const MOVED = 'route-moved';

/**
 * Goes to a view. With `replace` the present place is not kept in the history: for filters, so that "back" leaves the view.
 *
 * @example go(link('list', [], { ...filters, search }), { replace: true })
 */
export const go = (hash: string, { replace = false } = {}): void => {
  if (hash === location.hash) return;
  if (!replace) location.hash = hash;
  else {
    history.replaceState(null, '', hash);
    dispatchEvent(new Event(MOVED));
  }
};

/** Where the page is now; draws again when that changes. */
export const useRoute = (): Route => {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const look = () => setHash(location.hash);
    look();
    addEventListener('hashchange', look);
    addEventListener(MOVED, look);
    return () => {
      removeEventListener('hashchange', look);
      removeEventListener(MOVED, look);
    };
  }, []);
  return parseRoute(hash);
};
