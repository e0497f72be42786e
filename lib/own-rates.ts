import { Duration } from 'aws-cdk-lib';
import { type IMetric, type IWidget, MathExpression, SingleValueWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Metric, RATE_RULES } from '../core/contract/index.ts';
import { emitted } from './metrics.ts';

const DAY = Duration.days(1);

const WHY_UNKNOWN = {
  off: 'unknown: deliveries are off, so nothing says how many mails there were. `"deliveries": true` tells.',
  identities:
    'unknown: deliveries are off, and what SES accepts is only reported of mail sent with a configuration set, while bounces are of identities too. `"deliveries": true` tells.',
};

/** Metrics by the ids that an expression calls them by, and an expression that adds them up where each may be missing. */
const added = (letter: string, metrics: readonly IMetric[]) => {
  const named = Object.fromEntries(metrics.map((metric, i) => [`${letter}${i}`, metric]));
  return {
    named,
    sum: `(${Object.keys(named)
      .map((name) => `FILL(${name}, 0)`)
      .join(' + ')})`,
  };
};

/**
 * The last 24 hours in percent, by what this project itself has counted: hard bounces and complaints of what was
 * delivered or bounced, or of what was accepted. The mailbox simulator is left out, except from what was accepted, which
 * names no recipient.
 *
 * @param volume - what SES reports of every mail; undefined: a text that says what is missing, and no number
 * @param identities - whether feedback of identities comes in too: of those SES reports nothing as accepted
 */
export const ownRates = (volume: 'Delivery' | 'Send' | undefined, identities: boolean): IWidget => {
  const place = { width: 24, height: 4 };
  const title = 'Our own rates, last 24 hours (all deployments of this account and Region)';
  if (volume === undefined || (volume === 'Send' && identities))
    return new TextWidget({
      ...place,
      height: 2,
      markdown: `**${title}**\n\n${WHY_UNKNOWN[volume === undefined ? 'off' : 'identities']}`,
    });
  const bounces = added(
    'b',
    RATE_RULES.bounces.map((rule) => emitted(Metric.FEEDBACK, rule, { period: DAY })),
  );
  const complaints = added(
    'c',
    RATE_RULES.complaints.map((rule) => emitted(Metric.FEEDBACK, rule, { period: DAY })),
  );
  const accepted =
    volume === 'Send'
      ? emitted(Metric.MESSAGES, 'Send', { period: DAY, label: 'mails accepted' })
      : emitted(Metric.FEEDBACK, 'delivered', { period: DAY });
  const all = volume === 'Send' ? 'accepted' : `(accepted + ${bounces.sum})`;
  const share = (label: string, of: string, usingMetrics: Record<string, IMetric>) =>
    new MathExpression({
      label,
      expression: `100 * ${of} / ${all}`,
      usingMetrics: { ...usingMetrics, ...(volume === 'Send' ? {} : bounces.named), accepted },
      period: DAY,
    });
  return new SingleValueWidget({
    ...place,
    title,
    metrics: [
      share('bounces, % (SES reviews at 5)', bounces.sum, bounces.named),
      share('complaints, % (SES reviews at 0.1)', complaints.sum, complaints.named),
      accepted,
    ],
    setPeriodToTimeRange: true,
    start: '-PT24H',
    fullPrecision: true,
  });
};
