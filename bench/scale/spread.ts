/** Below it each is drawn by itself; above, chance evens out. */
const FEW = 200;

const drawn = (shares: readonly number[], random: () => number): number => {
  let left = random();
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return i;
  }
  return shares.length - 1;
};

/**
 * Spreads some over places by their shares, which add up to 1.
 *
 * @param random - from 0 up to 1
 * @example spread(1000, [0.75, 0.25], Math.random) // [750, 250]
 */
export const spread = (count: number, shares: readonly number[], random: () => number): number[] => {
  const places = shares.map((share) => (count < FEW ? 0 : Math.floor(count * share)));
  for (let left = count - places.reduce((sum, each) => sum + each, 0); left > 0; left -= 1) {
    const place = drawn(shares, random);
    places[place] = (places[place] ?? 0) + 1;
  }
  return places;
};
