// Prints what the simulation of many senders measures: node --import tsx test/core/rate/show-simulation.ts [seeds]
import { mostInASecond, partUsed, partUsedBetween, simulate } from './simulation.ts';

const seeds = Number(process.argv[2] ?? 50);
const KINDS = [
  { name: '1', recipients: () => 1 },
  {
    name: '1 to 3, every tenth 50',
    recipients: (random: () => number) => (random() < 0.1 ? 50 : 1 + Math.floor(3 * random())),
  },
];
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

console.log('| recipients a mail | rate | seconds | most in a sliding second | rate used | batches | writes | reads |');
console.log('|---|---|---|---|---|---|---|---|');
for (const { name, recipients } of KINDS)
  for (const rate of [1, 14, 500]) {
    const seconds = name !== '1' && rate === 1 ? 300 : 10;
    let most = 0;
    let [least, best] = [Number.POSITIVE_INFINITY, 0];
    const sums = { batches: 0, writes: 0, reads: 0 };
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = await simulate({ rate, seed, seconds, recipients });
      const { starts } = outcome;
      most = Math.max(most, mostInASecond(starts));
      const used = name === '1' ? partUsed(starts, rate, seconds) : partUsedBetween(starts, rate);
      [least, best] = [Math.min(least, used), Math.max(best, used)];
      for (const what of ['batches', 'writes', 'reads'] as const) sums[what] += outcome[what];
    }
    const means = Object.values(sums).map((sum) => Math.round(sum / seeds));
    const used = `${percent(least)} to ${percent(best)}`;
    console.log(`| ${[name, `${rate}/s`, seconds, most, used, ...means].join(' | ')} |`);
  }
