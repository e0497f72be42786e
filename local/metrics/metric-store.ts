/** A metric by its name and dimensions: a series of points. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Values of one moment, put together. */
export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
}

/** What can be made of the values of a period. */
export const STATISTICS = {
  Sum: ({ sum }: Summary) => sum,
  SampleCount: ({ count }: Summary) => count,
  Average: ({ sum, count }: Summary) => sum / count,
  Minimum: ({ least }: Summary) => least,
  Maximum: ({ most }: Summary) => most,
} as const;

export type Statistic = keyof typeof STATISTICS;

const MINUTE_MS = 60_000;

const key = ({ namespace, name, dimensions = {} }: MetricName): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

const together = (a: Summary | undefined, b: Summary): Summary =>
  a === undefined
    ? b
    : {
        count: a.count + b.count,
        sum: a.sum + b.sum,
        least: Math.min(a.least, b.least),
        most: Math.max(a.most, b.most),
      };

/** Metrics as CloudWatch keeps them: by the minute, each combination of dimensions a series of its own. */
export class MetricStore {
  #series = new Map<string, Map<number, Summary>>();

  /** @param at - milliseconds since 1970 @default now */
  put(metric: MetricName, value: number | Summary, at: number = Date.now()): void {
    const of = this.#series.get(key(metric)) ?? new Map<number, Summary>();
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const summary = typeof value === 'number' ? { count: 1, sum: value, least: value, most: value } : value;
    of.set(minute, together(of.get(minute), summary));
    this.#series.set(key(metric), of);
  }

  /**
   * The periods that begin within `[from, to)` and have values, oldest first.
   *
   * @param periodMs - whole minutes
   */
  read(
    metric: MetricName,
    { from, to, periodMs, statistic }: { from: number; to: number; periodMs: number; statistic: Statistic },
  ): { readonly at: number; readonly value: number }[] {
    const periods = new Map<number, Summary>();
    for (const [minute, summary] of this.#series.get(key(metric)) ?? []) {
      const at = Math.floor(minute / periodMs) * periodMs;
      if (at >= from && at < to) periods.set(at, together(periods.get(at), summary));
    }
    return [...periods]
      .sort(([a], [b]) => a - b)
      .map(([at, summary]) => ({ at, value: STATISTICS[statistic](summary) }));
  }

  /** Makes everything so many minutes older, as if that time had passed. */
  age(minutes: number): void {
    const older = (series: Map<number, Summary>) =>
      new Map([...series].map(([minute, summary]) => [minute - minutes * MINUTE_MS, summary]));
    this.#series = new Map([...this.#series].map(([name, series]) => [name, older(series)]));
  }
}
