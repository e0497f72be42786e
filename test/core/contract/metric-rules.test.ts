import { readFileSync } from 'node:fs';
import { DECISION_RULES, METRIC_RULES, Metric, MOST_STREAMS } from '../../../core/contract/index.ts';
import { RULES } from '../../../core/decisions/rules.ts';
import { streamCounters } from '../../../core/rates/counters.ts';

const PAIRS = Object.entries(METRIC_RULES).flatMap(([metric, rules]) => rules.map((rule) => `${metric}/${rule}`));

test('names the rows of the decision table, no more and no less', () => {
  expect(RULES.map(({ id }) => id)).toEqual(DECISION_RULES);
});

test('says of every metric what it can be counted as, each once', () => {
  const closed = Object.values(Metric).filter((metric) => metric !== Metric.STREAM_RECIPIENTS);
  expect(Object.keys(METRIC_RULES).sort()).toEqual(closed.sort());
  expect(new Set(PAIRS).size).toBe(PAIRS.length);
});

test('has as many pairs as the documentation says it can cost', () => {
  const documented = readFileSync(`${__dirname}/../../../docs/configuration.md`, 'utf8').replace(/\s+/g, ' ');
  const { length } = streamCounters(Array.from({ length: MOST_STREAMS }, (_, i) => `s${i}`));
  expect(documented).toContain(`at most ${length} more ($${(length * 0.3).toFixed(2)})`);
  expect(documented).toContain(`at most ${PAIRS.length} custom metrics ($${(PAIRS.length * 0.3).toFixed(2)})`);
});
