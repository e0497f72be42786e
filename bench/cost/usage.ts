import type { Usage } from './model.ts';

/** The stack as `cdk deploy` makes it, whose mails are sent by invoking the send function. */
export const DEFAULT_USAGE: Usage = {
  mails: 1_000_000,
  queued: 0,
  keyed: 0,
  inStream: 1,
  deliveries: true,
  queue: true,
  unsubscribe: false,
  alarms: 20,
  dashboard: true,
  circuitBreaker: true,
  keys: 2,
  metrics: 20,
};

/** Ways to use it that the cost page compares. */
export const WAYS: readonly { readonly name: string; readonly usage: Partial<Usage> }[] = [
  { name: 'the send function, without keys', usage: {} },
  { name: 'the send function, with keys', usage: { keyed: 1 } },
  { name: 'the send queue', usage: { queued: 1 } },
  {
    name: 'the least: no deliveries, no keys, no queue',
    usage: { deliveries: false, queue: false, inStream: 0 },
  },
];
