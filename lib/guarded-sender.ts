import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { Env, type PolicyInput } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { FailureQueue, OnFailure } from './failure-queue.ts';
import type { FeedbackPipeline } from './feedback-pipeline.ts';
import { passPolicy } from './policy-variable.ts';
import { fromPatterns, isSender } from './sender.ts';
import type { SuppressionTable } from './suppression-table.ts';
import { SuppressorFunction } from './suppressor-function.ts';

const ANY_IDENTITY = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/*`;

/** Options of {@link GuardedSender}. */
export interface GuardedSenderProps {
  /** The list that is asked before every send. */
  readonly table: SuppressionTable;
  /** Where the feedback about what is sent goes. */
  readonly feedback: FeedbackPipeline;
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

  readonly #configurationSetNames: readonly string[];

  /** @throws if a sender is neither an address nor a domain, or a configuration set is given twice */
  constructor(scope: Construct, id: string, props: GuardedSenderProps) {
    super(scope, id);
    const existing = props.configurationSets ?? [];
    if (new Set(existing).size < existing.length)
      throw new Error(`configurationSets must be different, got: ${existing.join(', ')}; name each once`);
    const wrong = props.senders?.find((sender) => !isSender(sender));
    if (wrong !== undefined)
      throw new Error(
        `senders must be addresses or domains, got: ${wrong}; write pat@ledger.example or @ledger.example`,
      );
    this.senders = fromPatterns(props.senders ?? []);
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', { reputationMetrics: true });
    props.feedback.addConfigurationSet('GuardedEvents', this.configurationSet);
    for (const name of existing)
      props.feedback.addConfigurationSet(
        `Events-${name}`,
        ConfigurationSet.fromConfigurationSetName(this, `Existing-${name}`, name),
      );
    this.#configurationSetNames = [this.configurationSet.configurationSetName, ...existing];
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
    props.table.grantCheck(this.function);
    this.grantSend(this.function);
    passPolicy(this.function, props.policy);
  }

  /** Lets a caller ask for mails to be sent. */
  public grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.function.functionArn],
    });
  }

  /**
   * Lets a function send with the wired configuration sets, from the configured senders, and tells it the sets:
   * `ses:SendRawEmail`, `SUPPRESSOR_CONFIGURATION_SET` and `SUPPRESSOR_CONFIGURATION_SETS`.
   */
  public grantSend(fn: LambdaFunction): void {
    fn.addEnvironment(Env.CONFIGURATION_SET, this.configurationSet.configurationSetName);
    fn.addEnvironment(Env.CONFIGURATION_SETS, this.#configurationSetNames.join(','));
    const arn = (name: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName: name });
    const actions = ['ses:SendRawEmail'];
    const resourceArns = this.#configurationSetNames.map(arn);
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns });
    if (this.senders.length === 0) return;
    fn.addToRolePolicy(
      new PolicyStatement({
        actions,
        resources: [ANY_IDENTITY],
        conditions: { StringLike: { 'ses:FromAddress': [...this.senders] } },
      }),
    );
    if (fn.role !== undefined)
      acknowledge(fn.role, {
        'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]':
          'SES checks the identity of the sender and, in the sandbox, of every recipient, and an address and its domain are identities alike: no list of ARNs would do. ses:FromAddress narrows it to the configured senders.',
      });
  }
}
