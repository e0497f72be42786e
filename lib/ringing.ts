import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic.ts';

/** When an alarm goes off, and what it tells. */
export interface Ring {
  readonly metric: IMetric;
  /**
   * The least value that is too much.
   *
   * @default 1
   */
  readonly from?: number;
  /**
   * Periods one after the other in which it must be too much.
   *
   * @default 1
   */
  readonly times?: number;
  /**
   * What no data means.
   *
   * @default - nothing happened, so nothing is wrong
   */
  readonly missing?: TreatMissingData;
  /** What is wrong, as a sentence. */
  readonly says: string;
  /** The first thing to do, as a sentence. */
  readonly first: string;
  /** Heading of `docs/runbook.md`, as its anchor. */
  readonly anchor: string;
}

/** Makes an alarm that goes to the topic. */
export type Ringing = (id: string, ring: Ring) => Alarm;

/**
 * What makes the alarms of a construct. They say nothing when they are over, unless they are told to.
 *
 * @example ringing(this, topic)('Undelivered', { metric, says: '…', first: '…', anchor: 'a-function-fails' })
 */
export const ringing =
  (scope: Construct, { topic }: AlarmTopic): Ringing =>
  (id, { metric, from = 1, times = 1, missing = TreatMissingData.NOT_BREACHING, says, first, anchor }) => {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold: from,
      evaluationPeriods: times,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing,
      alarmDescription: `${says} First: ${first} See docs/runbook.md#${anchor}`,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  };
