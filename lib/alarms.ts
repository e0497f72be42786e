import { Duration } from 'aws-cdk-lib';
import { type Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { DEFAULT_POLICY, METRIC_RULES, Metric, type PolicyInput, SES_LINES } from '../core/contract/index.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import type { FailureQueue } from './failure-queue.ts';
import { functionAlarms, type WatchedFunctions } from './function-alarms.ts';
import { ageIn, emitted, reputation, waitingIn } from './metrics.ts';
import { type Ringing, ringing } from './ringing.ts';

/** Options of {@link Alarms}: what there is gets its alarms. */
export interface AlarmsProps extends WatchedFunctions {
  /** Where alarms go. */
  readonly topic: AlarmTopic;
  /**
   * The policy the sender has: whether sends are refused or go unchecked where the list cannot be read.
   *
   * @default - every default of `policySchema`: they are refused
   */
  readonly policy?: PolicyInput;
}

/** Long enough to be no batch window and no single failure: both end within ten minutes. */
const FEEDBACK_AGE = Duration.minutes(15);

/**
 * Requests that wait for the quota, or until sending is resumed, are received at least every hour, and SQS leaves a message
 * out of the age that was received three times: what is this old has not been taken at all.
 */
const SEND_AGE = Duration.hours(3);

/**
 * What is worth waking somebody up for, each with its first step and its place in the runbook. An alarm costs $0.10 a month
 * for each metric it looks at.
 *
 * Only the two critical rates also say that they are over: the rest are mended by people who then look for themselves.
 *
 * @example
 * const topic = new AlarmTopic(this, 'AlarmTopic', { emails: ['oncall@ledger.example'] });
 * new Alarms(this, 'Alarms', { topic, feedback, sender });
 */
export class Alarms extends Construct {
  /** The bounce rate of the sender's configuration set is at SES's review line. */
  public readonly bounceRateCritical: Alarm;
  /** The complaint rate of the sender's configuration set is at SES's review line. */
  public readonly complaintRateCritical: Alarm;
  /** Every alarm, in the order of the runbook. */
  public readonly all: readonly Alarm[];

  readonly #ring: Ringing;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#ring = ringing(this, props.topic);
    const before = [...this.deadLetters(props), ...this.waiting(props), ...functionAlarms(this.#ring, props)];
    const [bounceWarning, bounceRateCritical] = this.rates('Bounce', props);
    const [complaintWarning, complaintRateCritical] = this.rates('Complaint', props);
    this.bounceRateCritical = bounceRateCritical;
    this.complaintRateCritical = complaintRateCritical;
    this.all = [
      ...before,
      ...[bounceWarning, bounceRateCritical, complaintWarning, complaintRateCritical],
      ...this.unwired(props),
      this.listUnavailable(props),
    ];
  }

  private deadLetters({ feedback, sender, queue }: AlarmsProps): Alarm[] {
    const holds = (id: string, failures: FailureQueue, redrive: string, says: string) =>
      this.#ring(id, {
        metric: waitingIn(failures),
        says,
        first: `npx ses-suppressor redrive ${redrive} shows what is in it, by cause.`,
        anchor: 'a-dead-letter-queue-is-not-empty',
      });
    return [
      ...(feedback.deadLetterQueue === undefined
        ? []
        : [
            holds('FeedbackDeadLetters', feedback.deadLetterQueue, 'feedback', 'Feedback was not read or not written.'),
          ]),
      holds('Undelivered', feedback.undeliveredQueue, 'undelivered', 'SNS could not hand over feedback.'),
      holds('FailedSends', sender.failedSends, 'failed-sends', 'Asynchronous sends failed.'),
      ...(queue === undefined
        ? []
        : [holds('SendDeadLetters', queue.deadLetterQueue, 'sends', 'Queued requests cannot be sent.')]),
    ];
  }

  private waiting({ feedback, queue }: AlarmsProps): Alarm[] {
    const anchor = 'feedback-or-sends-wait';
    const alarms: Alarm[] = [];
    if (feedback.queue !== undefined)
      alarms.push(
        this.#ring('FeedbackAge', {
          metric: ageIn(feedback.queue),
          from: FEEDBACK_AGE.toSeconds(),
          says: 'Feedback has waited for 15 minutes and nobody took it: the list is that old.',
          first: 'look at the errors and throttles of the feedback function, and whether its trigger is enabled.',
          anchor,
        }),
        this.#ring('FeedbackGivenBack', {
          // The queue gives a message back after 8 minutes at the most.
          metric: emitted(Metric.MESSAGES, 'given-back', { period: Duration.minutes(10) }),
          times: 2,
          says: 'Feedback has not been written for 20 minutes; it is tried again for a day.',
          first: 'look at the log group of the feedback function and at the table.',
          anchor,
        }),
      );
    if (queue !== undefined)
      alarms.push(
        this.#ring('SendAge', {
          metric: ageIn(queue.queue),
          from: SEND_AGE.toSeconds(),
          says: 'Send requests have waited for 3 hours and nobody took them. What waits for the quota does not count.',
          first: 'npx ses-suppressor stats shows what they wait for; more mail than the rate allows waits too.',
          anchor,
        }),
      );
    return alarms;
  }

  /** Missing data says nothing about a rate: SES reports none while nothing is sent. */
  private rates(
    kind: 'Bounce' | 'Complaint',
    { topic: { topic }, sender }: AlarmsProps,
  ): readonly [warning: Alarm, critical: Alarm] {
    const { review } = SES_LINES[kind === 'Bounce' ? 'bounces' : 'complaints'];
    const word = kind.toLowerCase();
    const common = { missing: TreatMissingData.IGNORE, anchor: `the-${word}-rate-rises` };
    const metric = reputation(kind, sender.configurationSet.configurationSetName);
    const warning = this.#ring(`${kind}RateWarning`, {
      ...common,
      metric,
      from: review / 2,
      says: `The ${word} rate is at ${percent(review / 2)}, half of the line at which SES reviews an account.`,
      first: 'npx ses-suppressor stats shows which rule grows.',
    });
    const critical = this.#ring(`${kind}RateCritical`, {
      ...common,
      metric,
      from: review,
      says: `The ${word} rate is at ${percent(review)}: here SES reviews an account.`,
      first: 'stop what mails these addresses; npx ses-suppressor pause --note TEXT stops all of it.',
    });
    critical.addOkAction(new SnsAction(topic));
    return [warning, critical];
  }

  private unwired({ identities }: AlarmsProps): Alarm[] {
    if (identities === undefined) return [];
    const says = {
      rewired: 'SES had taken our topic off an identity, and it was set again; feedback of the time between is lost.',
      taken: 'Another topic is set on an identity, so its feedback does not reach the list.',
      failed: 'An identity has lost our topic, and it could not be set again: its feedback is lost.',
    };
    return METRIC_RULES.IdentityUnwired.map((rule) =>
      this.#ring(`Identity-${rule}`, {
        metric: emitted(Metric.IDENTITY_UNWIRED, rule, { period: Duration.hours(1) }),
        says: says[rule],
        first: 'npx ses-suppressor doctor names the identity and the cause.',
        anchor: 'an-identity-was-un-wired',
      }),
    );
  }

  /** The policy decides which of the two can occur. */
  private listUnavailable({ policy }: AlarmsProps): Alarm {
    const { whenListUnavailable } = { ...DEFAULT_POLICY, ...policy };
    const open = whenListUnavailable === 'send';
    return this.#ring('ListUnavailable', {
      metric: emitted(Metric.LIST_UNAVAILABLE, open ? 'sent' : 'refused'),
      says: open
        ? 'The list could not be read, and mails went out unchecked, as the policy will have it.'
        : 'The list could not be read, and sends were refused; those on the queue wait.',
      first: 'look at the table: does it exist, and may the functions read it?',
      anchor: 'the-list-cannot-be-read',
    });
  }
}

const percent = (fraction: number): string => `${100 * fraction} %`;
