import { Engine } from '../../../bench/scale/engine.ts';
import { poisson } from '../../../bench/scale/poisson.ts';
import { seededRandom } from '../../../local/seeded-random.ts';

/** One server or more, each taking as long for everybody; Poisson arrivals. What they waited, and what was there. */
const queue = (servers: number, service: number, rate: number, seconds: number) => {
  const engine = new Engine();
  const random = seededRandom(7);
  const line: number[] = [];
  const told = { arrived: 0, done: 0, waited: 0, spent: 0, personSeconds: 0 };
  let busy = 0;
  let there = 0;
  let seenAt = 0;
  const see = (change: number): void => {
    told.personSeconds += there * (engine.now - seenAt);
    seenAt = engine.now;
    there += change;
  };
  const serve = (): void => {
    while (busy < servers && line.length > 0) {
      const arrivedAt = line.shift() as number;
      busy += 1;
      told.waited += engine.now - arrivedAt;
      engine.after(service, () => {
        busy -= 1;
        told.done += 1;
        told.spent += engine.now - arrivedAt;
        see(-1);
        serve();
      });
    }
  };
  const arrive = (): void => {
    told.arrived += 1;
    see(1);
    line.push(engine.now);
    serve();
    engine.after(-Math.log(1 - random()) / rate, arrive);
  };
  engine.after(0, arrive);
  engine.run(seconds);
  return {
    ...told,
    there,
    meanWait: told.waited / (told.arrived - line.length),
    meanThere: told.personSeconds / seconds,
  };
};

test('things happen in the order of their time, and of asking where that is the same', () => {
  const engine = new Engine();
  const seen: string[] = [];
  for (const [at, name] of [
    [3, 'd'],
    [1, 'a'],
    [2, 'b'],
    [2, 'c'],
    [9, 'never'],
  ] as const)
    engine.after(at, () => seen.push(`${name}${engine.now}`));
  engine.after(2, () => engine.after(0, () => seen.push('and then')));
  engine.run(5);
  expect(seen).toEqual(['a1', 'b2', 'c2', 'and then', 'd3']);
  expect(engine.now).toBe(5);
});

test('what repeats stops when it says so', () => {
  const engine = new Engine();
  const at: number[] = [];
  engine.every(0.25, () => {
    at.push(engine.now);
    return at.length < 4 ? undefined : false;
  });
  engine.run(100);
  expect(at).toEqual([0, 0.25, 0.5, 0.75]);
});

test.each([-1, Number.NaN])('nothing happens %d seconds from now', (seconds) => {
  expect(() => new Engine().after(seconds, () => {})).toThrow(`got: ${seconds} s from now`);
});

test.each([0.5, 0.8])('M/D/1 waits as Pollaczek and Khinchine say, at %d of the load', (load) => {
  const service = 0.1;
  const { meanWait, arrived, done, there } = queue(1, service, load / service, 20_000);
  expect(arrived).toBe(done + there);
  const expected = (load * service) / (2 * (1 - load));
  expect(meanWait / expected).toBeGreaterThan(0.95);
  expect(meanWait / expected).toBeLessThan(1.05);
});

test('what is there is what arrives a second times what each spends: Little', () => {
  const seconds = 20_000;
  const { meanThere, spent, done, arrived } = queue(4, 0.3, 11, seconds);
  expect(meanThere / ((arrived / seconds) * (spent / done))).toBeCloseTo(1, 2);
});

test.each([0, 0.3, 4, 49, 51, 2000])('numbers of arrivals have the mean and the spread of Poisson, at %d', (mean) => {
  const random = seededRandom(3);
  const draws = Array.from({ length: 5000 }, () => poisson(mean, random));
  const average = draws.reduce((sum, each) => sum + each, 0) / draws.length;
  const spread = draws.reduce((sum, each) => sum + (each - average) ** 2, 0) / draws.length;
  expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / draws.length));
  expect(Math.abs(spread - mean)).toBeLessThanOrEqual(0.12 * mean);
  expect(draws.every((each) => Number.isInteger(each) && each >= 0)).toBe(true);
});
