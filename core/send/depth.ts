/** Whether objects and lists stand within one another deeper than this. A loop, since they may do so without end. */
export const isDeeperThan = (most: number, value: unknown): boolean => {
  const open: (readonly [value: unknown, depth: number])[] = [[value, 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [inner, depth] = next;
    if (typeof inner !== 'object' || inner === null) continue;
    if (depth > most) return true;
    for (const each of Object.values(inner)) open.push([each, depth + 1]);
  }
  return false;
};
