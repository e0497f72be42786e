import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ASSUMED, feedbackSeconds, loadAt, MEASURED, PEAK } from '../../../bench/scale/assumptions.ts';
import { concurrency, demands, dollars, SENT, SIZES, silentConcurrency } from '../../../bench/scale/flow.ts';
import { feedbackThroughput, limits, mostToOneAddress } from '../../../bench/scale/limits.ts';
import { outcomeOf } from '../../../bench/scale/outcome.ts';
import { differing, filled } from '../../../bench/scale/page.ts';
import { QUOTAS } from '../../../bench/scale/quotas.ts';
import { peakRate, READS_A_MAIL, turnedFor } from '../../../bench/scale/scenario.ts';
import { modelTables, resultTables } from '../../../bench/scale/tables.ts';

const page = readFileSync(`${__dirname}/../../../docs/scale.md`, 'utf8');

test('the page holds the tables of the model as they are', () => {
  expect(differing(page, modelTables())).toEqual([]);
});

test('a table that does not answer for an hour: nothing is lost, it is over in minutes, and the page says so', () => {
  const outcome = outcomeOf(SIZES[0], 'outage, no answer', { seed: 1 });
  const { deadLetters, waiting, deepest, mostReceives, recoveredAfter } = outcome;
  expect([deadLetters, waiting]).toEqual([0, 0]);
  // an hour of the busiest hour's messages, a little fewer before and after its middle
  expect(deepest / (peakRate(SIZES[0]) * 3600)).toBeGreaterThan(0.98);
  expect(deepest / (peakRate(SIZES[0]) * 3600)).toBeLessThan(1.01);
  expect(mostReceives).toBeLessThanOrEqual(21);
  expect(recoveredAfter).toBeLessThanOrEqual(4);
  const [table] = resultTables({
    seed: 1,
    events: [outcome],
    unlimited: [],
    bursts: [],
    varied: [],
    throttles: [],
  }).filter(({ name }) => name === 'silent');
  expect(table?.rows).toHaveLength(1);
  expect(page).toContain(`| ${table?.rows[0]?.join(' | ')} |`);
});

test('the page names its figures as the model has them', () => {
  for (const figure of [
    `${MEASURED.feedback.invocation} ms of a whole processor, and ${MEASURED.feedback.message} ms more a message and ${MEASURED.feedback.write} ms more`,
    `a mail takes ${MEASURED.send.mail} ms, with a key ${MEASURED.send.keyed} ms`,
    `the busiest hour has ${PEAK.toFixed(2)} times the mean`,
    `more than ${mostToOneAddress().toLocaleString('en-US')} mails a second to the same one`,
    `Raise Lambda's concurrency (${turnedFor(1e9).concurrency.toLocaleString('en-US')}), the read units of the table (${turnedFor(1e9).reads.toLocaleString('en-US')})`,
    `up to ${ASSUMED.silentSeconds} seconds for a table that does not answer`,
  ])
    expect(page.replace(/\s+/g, ' ')).toContain(figure);
});

test('fills the places of a page, and misses one that is not there', () => {
  const table = { name: 'a', head: ['x', 'y'], rows: [['1', '2']] };
  const empty = 'before\n<!-- table: a -->\n<!-- end of table -->\nbetween\n<!-- table: b -->\n<!-- end of table -->\n';
  const full = filled(empty, [table]);
  expect(full).toBe(
    'before\n<!-- table: a -->\n| x | y |\n| --- | --- |\n| 1 | 2 |\n<!-- end of table -->\nbetween\n<!-- table: b -->\n<!-- end of table -->\n',
  );
  expect(filled(full, [table])).toBe(full);
  expect(differing(full, [{ ...table, rows: [['1', '3']] }])).toEqual(['a']);
  expect(() => filled('nothing', [table])).toThrow('no place for the table a');
});

test('every number of AWS has its page, and what is unconfirmed is said to be', () => {
  for (const { value, source, url, lookedUp, confirmed } of Object.values(QUOTAS)) {
    expect(value).toBeGreaterThan(0);
    expect(source).not.toBe('');
    expect(url).toMatch(/^https?:\/\/(docs\.aws\.amazon\.com|serverlessland\.com|sesblog\.amazon\.com)\//);
    expect(lookedUp).toMatch(/^2026-\d\d(-\d\d)?$/);
    if (!confirmed) expect(page).toContain(`[${source}](${url}) | ${lookedUp} | **unconfirmed**`);
  }
  expect(limits().filter(({ confirmed }) => !confirmed)).not.toHaveLength(0);
});

test('a day has the mean it is said to have', () => {
  const steps = 24 * 60;
  let sum = 0;
  for (let i = 0; i < steps; i += 1) sum += loadAt(-12 + (24 * i) / steps);
  expect(sum / steps).toBeCloseTo(1, 6);
  expect(Math.max(...Array.from({ length: 25 }, (_, hour) => loadAt(hour - 12)))).toBe(PEAK);
});

test('everything but what stands grows with the mail', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom(...SENT), (mails, way) => {
      const [once, twice] = [demands(way, mails), demands(way, 2 * mails)];
      for (const [i, { aDay, peak, average }] of once.entries()) {
        expect(twice[i]?.aDay).toBeCloseTo(2 * aDay, 3);
        expect(peak).toBeCloseTo(average * PEAK, 6);
      }
      const beside = (size: number) => dollars(way, size).at(-1)?.aDay ?? 0;
      expect(beside(2 * mails)).toBeLessThan(2 * beside(mails));
    }),
    { numRuns: 50 },
  );
});

test('a mail without a key reads two entries before it is sent and one for each message about it', () => {
  const reads = demands(SENT[0] as string, 1000).find(({ what }) => what.startsWith('DynamoDB: reads'));
  expect(reads?.aDay).toBeCloseTo(1000 * READS_A_MAIL, 6);
});

test('limits come in the order in which they bite, and each bites where its demand is its quota', () => {
  const found = limits();
  expect(found.map(({ bitesAt }) => bitesAt)).toEqual([...found.map(({ bitesAt }) => bitesAt)].sort((a, b) => a - b));
  const at = (words: string) => found.find(({ what }) => what === words)?.bitesAt ?? Number.NaN;
  expect(peakRate(at('DynamoDB: 40,000 read units a second of a table')) * READS_A_MAIL).toBeCloseTo(
    QUOTAS.tableReads.value,
    3,
  );
  const { send, feedback } = concurrency(peakRate(at('Lambda: 1,000 invocations at a time')));
  expect(send + feedback).toBeCloseTo(QUOTAS.lambdaConcurrency.value, 3);
  const silent = silentConcurrency(
    peakRate(at('Lambda: 1,000 invocations at a time, while the table does not answer')),
  );
  expect(silent).toBeCloseTo(QUOTAS.lambdaConcurrency.value, 3);
  expect(at('feedback: 100 functions at a time, the default')).toBeGreaterThan(SIZES[3]);
  expect(feedbackThroughput(200)).toBeCloseTo(2 * feedbackThroughput(100), 6);
  // pollers are added more slowly than Lambda makes environments
  expect(QUOTAS.pollersAMinute.value / 6).toBeLessThan(QUOTAS.lambdaScaling.value);
});

test('an invocation takes longer for more messages and more writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (messages, share) => {
      expect(feedbackSeconds(messages + 1, messages * share)).toBeGreaterThan(
        feedbackSeconds(messages, messages * share),
      );
      expect(feedbackSeconds(messages, messages * share + 1)).toBeGreaterThan(
        feedbackSeconds(messages, messages * share),
      );
    }),
  );
});

test('refuses a way to send that the cost page does not know', () => {
  expect(() => demands('by pigeon', 1)).toThrow('got: by pigeon');
});
