import type { MetricName } from './metric-store.ts';

/** Takes values of metrics: a `MetricStore`, or a way to CloudWatch. */
export interface MetricSink {
  /** @param at - milliseconds; now, if a line does not say */
  put(metric: MetricName, value: number, at?: number): void;
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

const MARK = '"_aws"';

/** Takes the metrics out of a log line in CloudWatch's embedded metric format; other lines have none. */
export function takeEmbedded(line: string, metrics: MetricSink): void {
  const said = line.includes(MARK) ? parse(line) : null;
  if (said === null) return;
  const { Timestamp, CloudWatchMetrics = [] } = (said._aws ?? {}) as {
    Timestamp?: number;
    CloudWatchMetrics?: readonly Directive[];
  };
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics)
    for (const names of Dimensions.length === 0 ? [[]] : Dimensions)
      for (const { Name } of Metrics) {
        const dimensions = Object.fromEntries(names.map((name) => [name, String(said[name])]));
        for (const value of [said[Name]].flat())
          if (typeof value === 'number')
            metrics.put({ namespace: Namespace, name: Name, dimensions }, value, Timestamp);
      }
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === 'object' && said !== null ? { ...said } : null;
  } catch {
    return null;
  }
}
