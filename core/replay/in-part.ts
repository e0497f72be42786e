/**
 * Splits entries into so many parts, for an archive that is read more than once because it does not fit into memory: an
 * entry is always in the same one.
 *
 * @param parts - a power of two: doubling them splits each part in two
 * @example const wants = inPart(0, 4); wants('pat@target.example\n*') // in one of four
 */
export const inPart =
  (part: number, parts: number) =>
  (key: string): boolean => {
    let hash = 0;
    for (let i = 0; i < key.length; i += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) >>> 0;
    return ((hash ^ (hash >>> 15)) >>> 0) % parts === part;
  };
