/**
 * A number of arrivals where so many are expected. Above 50 by the normal distribution, which then differs by less than
 * the simulation can tell.
 *
 * @param random - from 0 up to 1
 * @example poisson(2.5, seededRandom(1))
 */
export const poisson = (mean: number, random: () => number): number => {
  if (mean <= 0) return 0;
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const least = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > least; count += 1) product *= random();
  // the least mean of all is nothing to `exp`
  return Math.max(0, count);
};

/** How many of so many, where each is one of them by this share. @param random - from 0 up to 1 */
export const someOf = (count: number, share: number, random: () => number): number =>
  share > 0.5
    ? count - Math.min(count, poisson(count * (1 - share), random))
    : Math.min(count, poisson(count * share, random));
