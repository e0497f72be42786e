import { readFileSync } from 'node:fs';
import { DECISION_RULES, METRIC_RULES, Metric } from '../../../core/contract/index.ts';
import { RULES } from '../../../core/decisions/rules.ts';

const PAIRS = Object.entries(METRIC_RULES).flatMap(([metric, rules]) => rules.map((rule) => `${metric}/${rule}`));

test('names the rows of the decision table, no more and no less', () => {
  expect(RULES.map(({ id }) => id)).toEqual(DECISION_RULES);
});

test('says of every metric what it can be counted as, each once', () => {
  expect(Object.keys(METRIC_RULES).sort()).toEqual(Object.values(Metric).sort());
  expect(new Set(PAIRS).size).toBe(PAIRS.length);
});

test('has as many pairs as the documentation says it can cost', () => {
  const documented = readFileSync(`${__dirname}/../../../docs/configuration.md`, 'utf8').replace(/\s+/g, ' ');
  expect(documented).toContain(`at most ${PAIRS.length} custom metrics ($${(PAIRS.length * 0.3).toFixed(2)})`);
});
