import { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Metric } from '../core/contract/index.ts';
import type { FeedbackIntake } from './feedback-intake.ts';
import type { GuardedSender } from './guarded-sender.ts';
import type { IdentityWiring } from './identity-wiring.ts';
import { emitted, FIVE_MINUTES } from './metrics.ts';
import type { OneClickUnsubscribe } from './one-click-unsubscribe.ts';
import type { Ring, Ringing } from './ringing.ts';
import type { SendQueue } from './send-queue.ts';

/** The parts whose functions are watched. */
export interface WatchedFunctions {
  readonly feedback: FeedbackIntake;
  readonly sender: GuardedSender;
  readonly queue?: SendQueue;
  readonly unsubscribe?: OneClickUnsubscribe;
  readonly identities?: IdentityWiring;
}

/** How long a function must be in trouble: what is over by then was made up for by a retry. */
type Patience = { readonly period: Duration; readonly times: number };

const QUARTER_HOUR: Patience = { period: FIVE_MINUTES, times: 3 };
/** It runs once an hour. */
const TWO_RUNS: Patience = { period: Duration.hours(1), times: 2 };

/** A percentage of the invocations of the send function. */
const FAILING_SHARE = 50;

const anchor = 'a-function-fails';

const throttles = (fn: LambdaFunction, name: string, { period, times }: Patience): Ring => ({
  metric: fn.metricThrottles({ period, statistic: Stats.SUM }),
  times,
  says: `The ${name} function is throttled, again and again.`,
  first: "see whether the account's concurrency is used up, or what was reserved for the function.",
  anchor,
});

const errors = (fn: LambdaFunction, name: string, { period, times }: Patience): Ring => ({
  metric: fn.metricErrors({ period, statistic: Stats.SUM }),
  times,
  says: `The ${name} function fails, again and again.`,
  first: 'read its log group; npx ses-suppressor doctor names permissions that are missing.',
  anchor,
});

/** A request that is refused is an error of the invocation too: only where most of them fail, something is wrong here. */
const failingSends = (fn: LambdaFunction): Ring => {
  const options = { period: FIVE_MINUTES, statistic: Stats.SUM };
  return {
    metric: new MathExpression({
      expression: '100 * errors / invocations',
      usingMetrics: { errors: fn.metricErrors(options), invocations: fn.metricInvocations(options) },
      period: FIVE_MINUTES,
      label: 'percent of sends that fail',
    }),
    from: FAILING_SHARE,
    times: QUARTER_HOUR.times,
    says: 'Half of the invocations of the send function have failed for 15 minutes.',
    first: 'the metric SendFailed on the dashboard says why, by code.',
    anchor,
  };
};

/** The function answers whatever happens, so its errors do not tell. */
const nobodyUnsubscribes: Ring = {
  metric: emitted(Metric.UNSUBSCRIBE, 'unavailable'),
  says: 'People could not unsubscribe; they were asked to try again.',
  first: 'read the log group of the unsubscribe function: it reached either its key or the list no more.',
  anchor,
};

/**
 * Errors and throttles of each function. Errors and throttles are two alarms: a sum of both would cost as much, and where
 * every invocation is throttled there are no errors to add.
 */
export const functionAlarms = (ring: Ringing, parts: WatchedFunctions): Alarm[] => {
  const { feedback, sender, queue, unsubscribe, identities } = parts;
  const both = (id: string, fn: LambdaFunction, patience = QUARTER_HOUR): Alarm[] => [
    ring(`${id}Errors`, errors(fn, id.toLowerCase(), patience)),
    ring(`${id}Throttles`, throttles(fn, id.toLowerCase(), patience)),
  ];
  return [
    ...(feedback.function === undefined ? [] : both('Feedback', feedback.function)),
    ring('SendErrors', failingSends(sender.function)),
    ring('SendThrottles', throttles(sender.function, 'send', QUARTER_HOUR)),
    ...(queue === undefined ? [] : both('Queue', queue.function)),
    ...(unsubscribe === undefined
      ? []
      : [...both('Unsubscribe', unsubscribe.function), ring('UnsubscribeUnavailable', nobodyUnsubscribes)]),
    ...(identities === undefined ? [] : both('Wiring', identities.function, TWO_RUNS)),
  ];
};
