import { emfCounts } from '../../adapters/emf-counts.ts';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRIC_RULES, Metric } from '../../core/contract/index.ts';

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

/** What is written to standard output meanwhile, one EMF document a line. */
const written = (act: () => void): Line[] => {
  let text = '';
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  act();
  spy.mockRestore();
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
};

test('gives every metric one dimension, and each pair that occurs is one custom metric', () => {
  const counts = emfCounts();
  const lines = written(() => {
    for (const rule of METRIC_RULES.Feedback) counts.add(Metric.FEEDBACK, rule);
    for (const rule of METRIC_RULES.Recipients) counts.add(Metric.RECIPIENTS, rule, 2);
    counts.flush();
  });
  const directives = lines.flatMap(({ _aws }) => _aws.CloudWatchMetrics);
  for (const { Namespace, Dimensions } of directives)
    expect([Namespace, Dimensions]).toEqual([METRIC_NAMESPACE, [[METRIC_DIMENSION]]]);
  const pairs = lines.flatMap((line) =>
    line._aws.CloudWatchMetrics.flatMap(({ Metrics }) =>
      Metrics.map(({ Name }) => `${Name}/${line[METRIC_DIMENSION]}=${line[Name]}`),
    ),
  );
  expect(pairs.sort()).toEqual(
    [
      ...METRIC_RULES.Feedback.map((rule) => `Feedback/${rule}=1`),
      ...METRIC_RULES.Recipients.map((rule) => `Recipients/${rule}=2`),
    ].sort(),
  );
});

test('writes nothing where nothing was counted', () => {
  expect(written(() => emfCounts().flush())).toEqual([]);
});
