import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Grant, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { Env } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';

const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const cloudWatch = () => new ServicePrincipal('cloudwatch.amazonaws.com');

/** Options of {@link AlarmTopic}. */
export interface AlarmTopicProps {
  /**
   * Addresses that get a mail for each alarm. Each gets a mail from AWS first, and nothing else until its link is
   * followed.
   *
   * @default - none: subscribe by the ARN
   */
  readonly emails?: readonly string[];
}

/**
 * The topic that alarms go to: encrypted with a key of its own that CloudWatch may use, TLS only. Alarms of this account
 * may publish, and functions that were granted it.
 *
 * The key is not the one of the feedback topic: if that one is disabled by mistake SES cannot publish any more, and the
 * alarm that says so must still get through.
 *
 * @example const alarms = new AlarmTopic(this, 'AlarmTopic', { emails: ['oncall@ledger.example'] });
 */
export class AlarmTopic extends Construct {
  /** Encrypts what waits in the topic. */
  public readonly key: Key;
  /** The topic itself. */
  public readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    super(scope, id);
    const stack = Stack.of(this);
    const sourceAccount = { 'aws:SourceAccount': stack.account };
    this.key = new Key(this, 'Key', {
      description: 'Encrypts the alarms that wait in the SNS topic of ses-suppressor',
      enableKeyRotation: true,
      // What it encrypts leaves the topic within seconds; deletion waits 30 days, SNS tries for 23 at most.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // alias/aws/sns cannot be granted to CloudWatch, hence a key. CloudWatch passes the account of the alarm on to KMS.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublishToTheEncryptedTopic',
        principals: [cloudWatch()],
        actions: KEY_ACTIONS,
        resources: ['*'],
        conditions: { StringEquals: sourceAccount },
      }),
    );
    this.topic = new Topic(this, 'Topic', { displayName: 'ses-suppressor', masterKey: this.key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [cloudWatch()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: sourceAccount,
          ArnLike: {
            'aws:SourceArn': stack.formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              resourceName: '*',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    for (const email of props.emails ?? []) {
      acknowledge(this.topic.addSubscription(new EmailSubscription(email)), {
        'Serverless-SNSRedrivePolicy':
          'A mail that cannot be delivered is not missed: the alarm stays in its state, and a queue of lost alarms would itself need one.',
      });
    }
  }

  /**
   * Lets a function publish, and tells it where: `sns:Publish`, the two actions of the key that takes, and
   * `SUPPRESSOR_ALARM_TOPIC`.
   */
  public grantPublish(fn: LambdaFunction): Grant {
    fn.addEnvironment(Env.ALARM_TOPIC, this.topic.topicArn);
    return Grant.addToPrincipal({
      grantee: fn,
      actions: ['sns:Publish'],
      resourceArns: [this.topic.topicArn],
    }).combine(
      Grant.addToPrincipal({
        grantee: fn,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resourceArns: [this.key.keyArn],
      }),
    );
  }
}
