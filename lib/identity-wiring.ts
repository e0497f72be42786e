import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import {
  Env,
  type IdentityTopicProperties,
  type NotificationType,
  REASSERT,
  type ReassertEvent,
  WIRING_MEMORY_KEY,
  WIRING_MEMORY_TABLE,
  WiringResource,
} from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { deploymentId } from './deployment-id.ts';
import type { FeedbackIntake } from './feedback-intake.ts';
import { isIdentity } from './sender.ts';
import { SuppressorFunction } from './suppressor-function.ts';

/** A resource an identity and type; CloudFormation takes 500 in a stack. */
const MOST_IDENTITIES = 100;

/** Options of {@link IdentityWiring}. */
export interface IdentityWiringProps {
  /** Where the notifications go, and which kinds are wanted. */
  readonly feedback: FeedbackIntake;
  /** Existing identities of SES, addresses or domains, as SES lists them; at most 100. */
  readonly identities: readonly string[];
  /**
   * Whether to take the place of a topic that another system has set. It is remembered, and put back when the
   * identity is taken out or the stack is removed; until then the other system hears nothing.
   *
   * @default false - such an identity fails the deployment, with the remedy
   */
  readonly replace?: boolean;
  /**
   * Kinds whose notifications carry the mail's original headers. Bounces need them: the topic a contact has opted out
   * of stands only there.
   *
   * @default ['Bounce']
   */
  readonly includeHeaders?: readonly NotificationType[];
}

/**
 * Sends the notifications of existing identities to the pipeline's topic, at each deployment and each hour again: SES
 * drops a topic it cannot publish to and says so only by mail.
 *
 * CloudFormation has no property for it, hence one custom resource an identity and kind, one after the other, as SES
 * takes one such call a second. The function answers CloudFormation itself: the provider framework would add a second
 * function with a wildcard of its own, and these calls need no polling.
 *
 * @example new IdentityWiring(this, 'Identities', { feedback, identities: ['ledger.example'] });
 */
export class IdentityWiring extends Construct {
  /** The identities, as they were given. */
  public readonly names: readonly string[];
  /** Wires, un-wires and re-asserts. */
  public readonly function: SuppressorFunction;

  /** @throws if an identity is malformed or given twice, there are none or more than 100, or complaints go by stream */
  constructor(scope: Construct, id: string, props: IdentityWiringProps) {
    super(scope, id);
    requireIdentities(props.identities);
    const { feedback, identities } = props;
    this.names = identities;
    if (feedback.complaintScope === 'stream')
      throw new Error(
        'policy.complaintScope must be "*" where identities are wired, got: "stream" and ' +
          `identities ${identities.join(', ')}; identity notifications carry no tags, so no stream: ` +
          'leave out complaintScope, or leave out identities and send with configuration sets',
      );
    const ready = feedback.source.allowIdentities(identities);
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'wiring',
      description: 'Sends the notifications of SES identities to the feedback topic, at each deployment and each hour',
      timeout: Duration.minutes(15),
    });
    this.function.addEnvironment(Env.TOPIC_ARN, feedback.source.topic.topicArn);
    this.grantMemory();
    this.grantWiring();
    const wires = this.wire(props, ready);
    this.reassertHourly({ action: REASSERT, identities, types: feedback.notificationTypes }, wires);
  }

  /** One after the other, none before SES may publish; removed in the opposite order. */
  private wire(props: IdentityWiringProps, ready: IDependable): CustomResource[] {
    const { feedback, identities, replace = false, includeHeaders = ['Bounce'] } = props;
    const deployment = deploymentId(this);
    const wires: CustomResource[] = [];
    for (const identity of identities)
      for (const type of feedback.notificationTypes) {
        const properties: IdentityTopicProperties = {
          Identity: identity,
          NotificationType: type,
          TopicArn: feedback.source.topic.topicArn,
          Replace: replace ? 'true' : 'false',
          IncludeHeaders: includeHeaders.includes(type) ? 'true' : 'false',
          Deployment: deployment,
        };
        const wire = new CustomResource(this, `${identity}-${type}`, {
          resourceType: WiringResource.IDENTITY_TOPIC,
          serviceToken: this.function.functionArn,
          serviceTimeout: Duration.minutes(15),
          properties: { ...properties },
        });
        wire.node.addDependency(wires.at(-1) ?? ready);
        wires.push(wire);
      }
    return wires;
  }

  /**
   * What an identity led to before: CloudFormation hands a deletion neither earlier answers nor earlier states, and
   * `replace` may be taken out of the configuration again, so the function keeps it here.
   */
  private grantMemory(): void {
    const memory = new TableV2(this, 'Memory', {
      partitionKey: { name: WIRING_MEMORY_KEY, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // By the time it is deleted every wire has been put back: the resources that read it go first.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function.addEnvironment(WIRING_MEMORY_TABLE, memory.tableName);
    Grant.addToPrincipal({
      grantee: this.function,
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      resourceArns: [memory.tableArn],
    });
  }

  private grantWiring(): void {
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: [
          'ses:GetIdentityNotificationAttributes',
          'ses:SetIdentityNotificationTopic',
          'ses:SetIdentityHeadersInNotificationsEnabled',
        ],
        resources: ['*'],
      }),
    );
    if (this.function.role !== undefined)
      acknowledge(this.function.role, {
        'AwsSolutions-IAM5[Resource::*]':
          'These three actions of SES v1 have no resource-level permission. The function names only the identities in its properties.',
      });
    acknowledge(this.function, {
      'Serverless-LambdaDLQ':
        'CloudFormation reports what fails at a deployment, and the hourly run is repeated in an hour.',
    });
  }

  /** Depends on the wires, so that it is gone before they are removed and cannot set them again. */
  private reassertHourly(event: ReassertEvent, wires: readonly CustomResource[]): void {
    const rule = new Rule(this, 'Hourly', {
      description: 'Sets again what SES has un-wired',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.function, { event: RuleTargetInput.fromObject(event), retryAttempts: 2 })],
    });
    rule.node.addDependency(...wires);
    acknowledge(rule, {
      'Serverless-EventBusDLQ': 'A run that is lost is made up for by the next one, an hour later.',
    });
  }
}

/** EventBridge's limit on the text a rule passes to its target. */
const MOST_INPUT_CHARACTERS = 8192;

const requireIdentities = (identities: readonly string[]): void => {
  if (identities.length < 1 || identities.length > MOST_IDENTITIES)
    throw new Error(
      `identities must be 1 to ${MOST_IDENTITIES}, got: ${identities.length}; use a second stack for more`,
    );
  const wrong = identities.find((identity) => !isIdentity(identity));
  if (wrong !== undefined)
    throw new Error(`identities must be addresses or domains as SES lists them, got: ${wrong}; write ledger.example`);
  if (new Set(identities).size < identities.length)
    throw new Error(`identities must be different, got: ${identities.join(', ')}; name each once`);
  const characters = JSON.stringify(identities).length;
  if (characters > MOST_INPUT_CHARACTERS - 200)
    throw new Error(`identities must fit into 8000 characters together, got: ${characters}; use a second stack`);
};
