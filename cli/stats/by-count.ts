/** Counts, most first; of as many, in the order of their names. */
export const byCount = (counts: ReadonlyMap<string, number>): [name: string, count: number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
