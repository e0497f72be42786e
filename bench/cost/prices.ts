/** A price and where it stands. */
export interface Price {
  /** Dollars for one {@link unit}. */
  readonly dollars: number;
  readonly unit: string;
  readonly source: string;
}

const price = (dollars: number, unit: string, source: string): Price => ({ dollars, unit, source });
const LIST = 'AWS Price List, us-east-1, 22 July 2026';
const MILLION = 1_000_000;

/** List prices of us-east-1, free tiers left out: what the next unit costs. */
export const PRICES = {
  sesMail: price(100 / MILLION, 'recipient, à la carte', LIST),
  dynamoDbWrite: price(0.625 / MILLION, 'write of up to 1 KB', LIST),
  dynamoDbRead: price(0.125 / MILLION, 'consistent read of up to 4 KB', LIST),
  dynamoDbStorage: price(0.45, 'GB-month, point-in-time recovery included', LIST),
  dynamoDbRecords: price(0.25, 'GB-month without backups', LIST),
  lambdaRequest: price(0.2 / MILLION, 'invocation', LIST),
  lambdaGbSecond: price(0.0000133334, 'GB-second on arm64', LIST),
  snsPublish: price(0.5 / MILLION, 'publish of up to 64 KB; deliveries to SQS are free', LIST),
  sqsRequest: price(0.4 / MILLION, 'request of up to 64 KB, ten messages at the most', LIST),
  logsGb: price(0.5, 'GB of logs taken in', 'CloudWatch pricing page; tiers of Lambda logs not verified'),
  metric: price(0.3, 'custom metric and month', 'CloudWatch pricing page'),
  alarm: price(0.1, 'alarm on one metric and month', 'CloudWatch pricing page'),
  dashboard: price(3, 'dashboard and month; three are free', 'CloudWatch pricing page'),
  metricRead: price(0.01 / 1000, 'metric that GetMetricData reads', 'CloudWatch pricing page'),
  key: price(1, 'customer-managed key and month', 'KMS pricing page'),
  secret: price(0.4, 'secret and month', 'Secrets Manager pricing page'),
} as const satisfies Record<string, Price>;
