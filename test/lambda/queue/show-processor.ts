// Prints what the queue function sends with little processor: node --import tsx test/lambda/queue/show-processor.ts [seeds]
// `--many` instead: what many of them send together, which takes minutes a seed.
import { mostInASecond } from '../../core/rate/simulation.ts';
import { crowd } from './processor.ts';

const many = process.argv.includes('--many');
const seeds = Number(process.argv.slice(2).find((each) => each !== '--many') ?? 10);
const MANY = [
  [10, 500],
  [20, 1000],
  [50, 1000],
  [50, 2000],
  [100, 2000],
  [100, 4000],
] as const;
const FEW = [2, 10].flatMap((functions) => [14, 50, 500].map((rate) => [functions, rate] as const));
console.log(
  '| processor a mail | functions | rate | most in a sliding second | sent a second | made twice | given back |',
);
console.log('|---|---|---|---|---|---|---|');
for (const mailMs of many ? [17] : [10, 17, 70])
  for (const [functions, rate] of many ? MANY : FEW) {
    const sums = { sent: 0, made: 0, givenBack: 0, received: 0, perSecond: 0 };
    let most = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = await crowd({ rate, functions, mailMs, seed });
      most = Math.max(most, mostInASecond(outcome.starts));
      for (const what of Object.keys(sums) as (keyof typeof sums)[]) sums[what] += outcome[what];
    }
    const percent = (part: number): string => `${((100 * part) / sums.received).toFixed(1)} %`;
    const cells = [`${mailMs} ms`, functions, `${rate}/s`, most, (sums.perSecond / seeds).toFixed(1)];
    console.log(`| ${[...cells, percent(Math.max(0, sums.made - sums.sent)), percent(sums.givenBack)].join(' | ')} |`);
  }
