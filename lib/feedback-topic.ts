import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';

const ses = () => new ServicePrincipal('ses.amazonaws.com');

/**
 * The topic SES publishes to: encrypted with a key of its own that SES may use, TLS only. It lets nobody publish until
 * an identity or a configuration set is named.
 */
export class FeedbackTopic extends Construct {
  /** Encrypts what waits in the topic. */
  public readonly key: Key;
  /** The topic itself. */
  public readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Encrypts the feedback that waits in the SNS topic of ses-suppressor',
      enableKeyRotation: true,
      // What it encrypts leaves the topic within seconds; deletion waits 30 days, SNS tries for 23 at most.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // alias/aws/sns cannot be granted to SES, hence a key. SES is not known to pass its account on to KMS, so there is
    // no condition: a wrong one would un-wire identities without a word. SNS needs no permission to deliver to SQS.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'SesPublishesToTheEncryptedTopic',
        principals: [ses()],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'],
      }),
    );
    this.topic = new Topic(this, 'Topic', {
      displayName: 'Amazon SES feedback',
      masterKey: this.key,
      enforceSSL: true,
    });
  }

  /**
   * Lets SES publish what it has to say about these identities, for this account only.
   *
   * @returns what must exist before SES is told of the topic: it publishes a test message at once
   */
  public allowIdentities(identities: readonly string[]): IDependable {
    const stack = Stack.of(this);
    const arn = (name: string) => stack.formatArn({ service: 'ses', resource: 'identity', resourceName: name });
    const { policyDependable } = this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [ses()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'AWS:SourceAccount': stack.account, 'AWS:SourceArn': identities.map(arn) },
        },
      }),
    );
    return policyDependable ?? this.topic;
  }
}
