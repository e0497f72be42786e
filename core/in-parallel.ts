/**
 * Does some work for every item, at most so many at once, in the order given.
 *
 * @param work - what it throws ends the whole with that fault
 * @example await inParallel(16, entries, (entry) => write(entry))
 */
export const inParallel = async <T>(
  limit: number,
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items[Symbol.iterator]();
  const next = async (): Promise<void> => {
    for (let taken = queue.next(); !taken.done; taken = queue.next()) await work(taken.value);
  };
  await Promise.all(Array.from({ length: limit }, next));
};
