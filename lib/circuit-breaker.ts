import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { type Alarm, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction, SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type BreakerSettings, DEFAULT_BREAKER, Env } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import type { FeedbackIntake } from './feedback-intake.ts';
import type { GuardedSender } from './guarded-sender.ts';
import type { IdentityWiring } from './identity-wiring.ts';
import type { MessagesTable } from './messages-table.ts';
import { ringing } from './ringing.ts';
import { SuppressorFunction } from './suppressor-function.ts';
import { requireWhole } from './whole-number.ts';

/** When the circuit breaker pauses sending, and what; all of it may be left out. */
export interface CircuitBreakerLimits {
  /**
   * The bounce rate from which sending is paused, as a fraction.
   *
   * @default 0.05, where SES reviews an account
   */
  readonly bounceRate?: number;
  /**
   * The complaint rate from which sending is paused, as a fraction.
   *
   * @default 0.001, where SES reviews an account
   */
  readonly complaintRate?: number;
  /**
   * Mails within a day, or since sending was resumed, below which no rate says anything.
   *
   * @default 1000
   */
  readonly minimumVolume?: number;
  /**
   * Bounces, or complaints, in the same time below which no rate says anything.
   *
   * @default 5
   */
  readonly minimumEvents?: number;
  /**
   * Whether it watches and pauses the whole account in this Region, instead of the sender's configuration set: other
   * systems of the account stop too.
   *
   * @default false
   */
  readonly account?: boolean;
}

/** Options of {@link CircuitBreaker}. */
export interface CircuitBreakerProps extends CircuitBreakerLimits {
  /** Whose configuration set is paused. */
  readonly sender: GuardedSender;
  /** What counts; SES must report deliveries to it, or what it has accepted. */
  readonly feedback: FeedbackIntake;
  /**
   * Identities whose feedback is counted too, also of mail that is sent elsewhere.
   *
   * @default - none
   */
  readonly identities?: IdentityWiring;
  /** Where it is remembered who paused and resumed. */
  readonly messages: MessagesTable;
  /** Where a pause is told. */
  readonly alarmTopic: AlarmTopic;
  /**
   * Alarms that have it look at once, beside the schedule.
   *
   * @default - it looks every 15 minutes
   */
  readonly alarms?: readonly Alarm[];
}

/** An alarm speaks once; a rate at its line that is made by too little mail must be looked at again. */
const EVERY = Duration.minutes(15);
const TIMEOUT = Duration.seconds(30);

/**
 * Pauses sending when bounces or complaints reach the line at which SES reviews an account, before SES pauses the account
 * itself. It never resumes: people do, by `ses-suppressor resume`.
 *
 * Alarms invoke the function themselves, not by the topic: it publishes there, and would hear itself. Lambda repeats
 * an invocation that failed twice, and the schedule comes after that.
 *
 * @example new CircuitBreaker(this, 'CircuitBreaker', { sender, feedback, messages, alarmTopic });
 */
export class CircuitBreaker extends Construct {
  /** Reads the rates and pauses. */
  public readonly function: SuppressorFunction;
  /** Rings where it fails again and again. */
  public readonly alarms: readonly Alarm[];

  /** @throws if a limit is out of range, or SES reports nothing that would tell how many mails there are */
  constructor(scope: Construct, id: string, props: CircuitBreakerProps) {
    super(scope, id);
    const settings = requireSettings(props);
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'breaker',
      description: 'Pauses sending when bounces or complaints reach the line',
      timeout: TIMEOUT,
    });
    this.function.addEnvironment(Env.BREAKER, JSON.stringify(settings));
    this.function.addEnvironment(Env.COMMAND_OPTIONS, `--stack ${Aws.STACK_NAME} --region ${Aws.REGION}`);
    this.function.addEnvironment(Env.CONFIGURATION_SET, props.sender.configurationSet.configurationSetName);
    props.messages.grantBreaker(this.function);
    props.alarmTopic.grantPublish(this.function);
    this.grantSwitch(settings, props.sender);
    this.grantMetrics();
    this.schedule();
    this.alarms = [this.watch(props.alarmTopic)];
    for (const alarm of props.alarms ?? []) alarm.addAlarmAction(new LambdaAction(this.function));
  }

  private grantSwitch({ account }: BreakerSettings, { configurationSet }: GuardedSender): void {
    if (!account) {
      const resource = {
        service: 'ses',
        resource: 'configuration-set',
        resourceName: configurationSet.configurationSetName,
      };
      Grant.addToPrincipal({
        grantee: this.function,
        actions: ['ses:GetConfigurationSet', 'ses:PutConfigurationSetSendingOptions'],
        resourceArns: [Stack.of(this).formatArn(resource)],
      });
      return;
    }
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ['ses:GetAccount', 'ses:PutAccountSendingAttributes'], resources: ['*'] }),
    );
  }

  private grantMetrics(): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
    if (this.function.role !== undefined)
      acknowledge(this.function.role, {
        'AwsSolutions-IAM5[Resource::*]':
          'cloudwatch:GetMetricData has no resource-level permission, nor have the two actions that pause an account, which are granted only where the configuration says so.',
      });
  }

  /**
   * A run that fails once is repeated; if runs keep failing, nobody pauses what must be paused. Nor does anybody where there are
   * none: throttled, or the schedule is off. That is told too, but not while the first run is still to come: an alarm is
   * made without data.
   */
  private watch(topic: AlarmTopic): Alarm {
    const alarm = ringing(this, topic)('Errors', {
      metric: this.function.metricErrors({ period: EVERY, statistic: Stats.SUM }),
      times: 2,
      missing: TreatMissingData.MISSING,
      says: 'The circuit breaker fails again and again, or (INSUFFICIENT_DATA) does not run: nothing pauses sending if it must be.',
      first:
        'read its log group, and see whether its schedule is enabled and it is throttled; if rates are bad, npx ses-suppressor pause --note "…".',
      anchor: 'a-function-fails',
    });
    alarm.addInsufficientDataAction(new SnsAction(topic.topic));
    return alarm;
  }

  private schedule(): void {
    const rule = new Rule(this, 'Schedule', {
      description: 'Has the circuit breaker look at the rates',
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(this.function, { retryAttempts: 2 })],
    });
    const reason = 'A run that is lost is made up for by the next one, 15 minutes later, which reads everything anew.';
    acknowledge(rule, { 'Serverless-EventBusDLQ': reason });
    acknowledge(this.function, { 'Serverless-LambdaDLQ': reason });
  }
}

const requireRate = (name: string, rate: number): void => {
  if (rate > 0 && rate <= 1) return;
  throw new Error(
    `circuitBreaker.${name} must be a fraction above 0, up to 1, got: ${rate}; 5 % is 0.05, and false switches the circuit breaker off`,
  );
};

const requireSettings = (props: CircuitBreakerProps): BreakerSettings => {
  const { volume, countedIn, hearsOthers } = props.feedback;
  if (volume === undefined)
    throw new Error(
      'circuitBreaker needs to know how many mails there are, got: a feedback that hears of neither deliveries nor accepted mails; ' +
        'set deliveries or idempotency to true, or circuitBreaker to false',
    );
  const {
    bounceRate = DEFAULT_BREAKER.bounceRate,
    complaintRate = DEFAULT_BREAKER.complaintRate,
    minimumVolume = DEFAULT_BREAKER.minimumVolume,
    minimumEvents = DEFAULT_BREAKER.minimumEvents,
    account = DEFAULT_BREAKER.account,
  } = props;
  requireRate('bounceRate', bounceRate);
  requireRate('complaintRate', complaintRate);
  requireWhole('circuitBreaker.minimumVolume', minimumVolume, 1, 1_000_000_000);
  requireWhole('circuitBreaker.minimumEvents', minimumEvents, 1, 1_000_000);
  const limits = { bounceRate, complaintRate, minimumVolume, minimumEvents, account };
  // Of identities SES does not report what it accepts, and of topics of others perhaps nothing but bounces.
  const isPart = hearsOthers || (volume === 'Send' && props.identities !== undefined);
  // Home counts the mail of all Regions, and SES judges each Region by itself.
  const ownRates = !isPart && countedIn === undefined;
  return { ...limits, volume, ownRates, ...(countedIn === undefined ? {} : { countedIn }) };
};
