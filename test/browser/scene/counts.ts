import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../../../core/contract/index.ts';
import { DAY, HOUR, type Instant } from '../../../core/instant.ts';
import type { LocalCloud } from '../../../local/cloud.ts';
import { seededRandom } from '../../../local/seeded-random.ts';

const STEP = HOUR / 4;
const DAYS = 8;

/** How much more there is of something around a moment: 1 at its height, nothing two widths away. */
const near = (ago: number, height: number, width: number): number =>
  Math.max(0, 1 - ((ago - height) / (2 * width)) ** 2);

/** Recipients of a quarter of an hour by stream: receipts by daylight, newsletters on two mornings. */
const volumeAt = (at: Instant, ago: number) => {
  const daylight = 0.55 - 0.45 * Math.cos((2 * Math.PI * (at - 3 * HOUR)) / DAY);
  return {
    receipts: 130 * daylight,
    newsletter: 900 * (near(ago, 5.1 * DAY, HOUR) + near(ago, 1.2 * DAY, HOUR)),
    alerts: 9,
    other: 4,
  };
};

/** Counts what a cloud would have counted in eight days: a bad address file is mailed on the fourth, and rates rise for a day. */
export const putCounts = ({ metrics, addresses }: LocalCloud, now: Instant): void => {
  const random = seededRandom(7);
  /** A whole number around it, more or less by chance. */
  const some = (mean: number): number => Math.floor(mean * (0.7 + 0.6 * random()) + random());
  const put = (name: string, rule: string, at: Instant, count: number): void => {
    const metric = { namespace: METRIC_NAMESPACE, name, dimensions: { [METRIC_DIMENSION]: rule } };
    if (count > 0) metrics.put(metric, count, at);
  };
  for (let ago = DAYS * DAY; ago >= 0; ago -= STEP) {
    const at = now - ago;
    let sent = 0;
    for (const [stream, mean] of Object.entries(volumeAt(at, ago))) {
      const count = some(mean);
      sent += count;
      put('StreamRecipients', stream, at, count);
    }
    const bounced = some(sent * (0.008 + 0.058 * near(ago, 4.2 * DAY, 4 * HOUR)));
    const soft = some(sent * 0.009);
    put('Recipients', 'sent', at, sent);
    put('Recipients', 'suppressed', at, some(sent * 0.021));
    put('Recipients', 'refused', at, some(sent * 0.0006));
    put('Feedback', 'delivered', at, Math.max(0, sent - bounced - soft));
    put('Feedback', 'hard-bounce', at, bounced);
    put('Feedback', 'soft-bounce', at, soft);
    put('Feedback', 'auto-reply', at, some(sent * 0.004));
    put('Feedback', 'unsubscribed', at, some(sent * 0.001));
    put('Feedback', 'complaint', at, some(sent * 0.0004));
    put('Messages', 'Send', at, sent);
  }
  for (const [kind, value] of [
    ['Bounce', 0.0131],
    ['Complaint', 0.0004],
  ] as const) {
    const dimensions = { 'ses:configuration-set': addresses.configurationSet };
    metrics.put({ namespace: 'AWS/SES', name: `Reputation.${kind}Rate`, dimensions }, value, now - HOUR);
  }
};
