import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { Env, type PolicyInput } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { requireStreams } from './counted-streams.ts';
import { FailureQueue, OnFailure } from './failure-queue.ts';
import type { FeedbackIntake } from './feedback-intake.ts';
import type { MessagesTable } from './messages-table.ts';
import { passPolicy } from './policy-variable.ts';
import { fromPatterns, isSender } from './sender.ts';
import type { SuppressionTable } from './suppression-table.ts';
import { SuppressorFunction } from './suppressor-function.ts';
import type { UnsubscribeLinks } from './unsubscribe-links.ts';

const ANY = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
/** The same as cdk-nag shows it. */
const SHOWN = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';
const ACTIONS = ['ses:SendRawEmail', 'ses:SendTemplatedEmail'];

/** Options of {@link GuardedSender}. */
export interface GuardedSenderProps {
  /** The list that is asked before every send. */
  readonly table: SuppressionTable;
  /** Where the feedback about what is sent goes. */
  readonly feedback: FeedbackIntake;
  /**
   * What remembers sends for 30 days; the feedback must settle in the same.
   *
   * @default - nothing is remembered: requests with an `idempotencyKey` are refused
   */
  readonly messages?: MessagesTable;
  /**
   * Whether requests may have an `idempotencyKey`; needs `messages`, which without it remembers Message-IDs only.
   *
   * @default - true if there are messages
   */
  readonly idempotency?: boolean;
  /**
   * Makes the links of requests with `unsubscribe`.
   *
   * @default - such requests are refused
   */
  readonly unsubscribe?: Pick<UnsubscribeLinks, 'grantLinks'>;
  /**
   * Who may stand in From: addresses (`no-reply@ledger.example`) and whole domains (`@ledger.example`, without its
   * subdomains). Upper and lower case count: write them as requests do, or in lower case.
   *
   * @default - nobody: the function may check but not send
   */
  readonly senders?: readonly string[];
  /**
   * Names of existing configuration sets that a request may use besides the one made here; their feedback is
   * published to the topic too.
   *
   * @default - none
   */
  readonly configurationSets?: readonly string[];
  /**
   * Streams whose recipients are counted each for itself, in the metric `StreamRecipients`; all others are counted together,
   * as `other`. Each name is a custom metric, $0.30 a month, and `other` is one more: with the 20 that are possible $6.30.
   * The names stand here, because requests may name any stream, and each that came would be billed.
   *
   * @default - none: recipients are counted without their streams
   */
  readonly streams?: readonly string[];
  /**
   * What the rules of the decision table leave open; of these, sending reads `whenListUnavailable`.
   *
   * @default - every default of `policySchema`: a list that cannot be read refuses the send
   */
  readonly policy?: PolicyInput;
}

/**
 * The send function and its configuration set: it asks the list before every send and mails only those who may be
 * mailed. Failed asynchronous invocations are never repeated (SES cannot tell a repeat) but kept in a queue.
 *
 * @example
 * const sender = new GuardedSender(this, 'Sender', { table, feedback, senders: ['@ledger.example'] });
 * sender.grantInvoke(myApp);
 */
export class GuardedSender extends Construct {
  /** Asks the list, then sends. */
  public readonly function: SuppressorFunction;
  /** What a send uses when the request names none. */
  public readonly configurationSet: ConfigurationSet;
  /** Asynchronous invocations that failed, with the reason, for 14 days. */
  public readonly failedSends: FailureQueue;
  /** Patterns that From must match; empty if nothing may be sent. */
  public readonly senders: readonly string[];
  /** What remembers sends; absent: nothing does. */
  public readonly messages?: MessagesTable;
  /** Whether requests may have an `idempotencyKey`. */
  public readonly idempotency: boolean;
  /** Every configuration set that a request may name; the default one first. */
  public readonly configurationSetNames: readonly string[];
  /** Streams that are counted, each for itself; empty if none is. */
  public readonly streams: readonly string[];

  readonly #props: GuardedSenderProps;

  /**
   * @throws if a sender is neither an address nor a domain, a configuration set is given twice, streams cannot be counted,
   * or idempotency lacks what it needs
   */
  constructor(scope: Construct, id: string, props: GuardedSenderProps) {
    super(scope, id);
    this.#props = props;
    this.idempotency = requireIdempotency(props);
    if (props.messages !== undefined) this.messages = props.messages;
    const existing = props.configurationSets ?? [];
    if (new Set(existing).size < existing.length)
      throw new Error(`configurationSets must be different, got: ${existing.join(', ')}; name each once`);
    const wrong = props.senders?.find((sender) => !isSender(sender));
    if (wrong !== undefined)
      throw new Error(
        `senders must be addresses or domains, got: ${wrong}; write pat@ledger.example or @ledger.example`,
      );
    this.streams = props.streams ?? [];
    requireStreams(this.streams);
    this.senders = fromPatterns(props.senders ?? []);
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', { reputationMetrics: true });
    props.feedback.addConfigurationSet('GuardedEvents', this.configurationSet);
    for (const name of existing)
      props.feedback.addConfigurationSet(
        `Events-${name}`,
        ConfigurationSet.fromConfigurationSetName(this, `Existing-${name}`, name),
      );
    this.configurationSetNames = [this.configurationSet.configurationSetName, ...existing];
    this.failedSends = new FailureQueue(this, 'FailedSends');
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'send',
      description: 'Asks the suppression list, then sends with SES to those who may be mailed',
      timeout: Duration.minutes(2),
    });
    this.function.configureAsyncInvoke({ retryAttempts: 0, onFailure: new OnFailure(this.failedSends) });
    acknowledge(this.function, {
      'Serverless-LambdaDLQ': 'The on-failure destination takes its place, and says why the invocation failed.',
    });
    this.grantGuardedSend(this.function);
  }

  /** Lets a caller ask for mails to be sent. */
  public grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.function.functionArn],
    });
  }

  /** Lets a function do all that the send function may, and tells it all that the send function knows. */
  public grantGuardedSend(fn: LambdaFunction): void {
    const { table, unsubscribe, policy } = this.#props;
    table.grantCheck(fn);
    this.grantSend(fn);
    if (this.idempotency) this.messages?.grantOnce(fn);
    else {
      this.messages?.grantRemember(fn);
      fn.addEnvironment(Env.IDEMPOTENCY, 'off');
    }
    unsubscribe?.grantLinks(fn);
    if (this.streams.length > 0) fn.addEnvironment(Env.STREAMS, this.streams.join(','));
    passPolicy(fn, policy);
  }

  /**
   * Lets a function send with the wired configuration sets, from the configured senders, and tells it the sets:
   * `ses:SendRawEmail`, `ses:SendTemplatedEmail`, `SUPPRESSOR_CONFIGURATION_SET` and `SUPPRESSOR_CONFIGURATION_SETS`.
   */
  public grantSend(fn: LambdaFunction): void {
    fn.addEnvironment(Env.CONFIGURATION_SET, this.configurationSet.configurationSetName);
    fn.addEnvironment(Env.CONFIGURATION_SETS, this.configurationSetNames.join(','));
    const arn = (name: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName: name });
    const resourceArns = this.configurationSetNames.map(arn);
    Grant.addToPrincipal({ grantee: fn, actions: ACTIONS, resourceArns });
    if (this.senders.length === 0) return;
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ACTIONS,
        resources: [`${ANY}:identity/*`],
        conditions: { StringLike: { 'ses:FromAddress': [...this.senders] } },
      }),
    );
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendTemplatedEmail'], resources: [`${ANY}:template/*`] }));
    if (fn.role !== undefined)
      acknowledge(fn.role, {
        [`AwsSolutions-IAM5[Resource::${SHOWN}:identity/*]`]:
          'SES checks the identity of the sender and, in the sandbox, of every recipient, and an address and its domain are identities alike: no list of ARNs would do. ses:FromAddress narrows it to the configured senders.',
        [`AwsSolutions-IAM5[Resource::${SHOWN}:template/*]`]:
          'Templates are made and renamed without a deployment. A template lets nobody send: the identity and the configuration set are checked as well, and those are narrowed.',
      });
  }
}

const requireIdempotency = ({
  messages,
  idempotency = messages !== undefined,
  feedback,
}: GuardedSenderProps): boolean => {
  if (!idempotency) return false;
  if (messages === undefined)
    throw new Error(
      'idempotency needs messages, got: true without any; give a MessagesTable, or leave idempotency out',
    );
  if (feedback.messages !== messages)
    throw new Error(
      `the feedback must settle what the sender remembers, got: ${feedback.messages?.node.path ?? 'no messages'} and ${messages.node.path}; ` +
        'give FeedbackPipeline the same messages, or set idempotency to false',
    );
  return true;
};
