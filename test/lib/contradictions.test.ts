import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { FeedbackPipeline, type FeedbackPipelineProps, IdentityWiring, SuppressionTable } from '../../lib/index.ts';
import { only, testApp } from './harness.ts';

const pipeline = (region: string | undefined, props: Partial<FeedbackPipelineProps> = {}) => {
  const stack = new Stack(testApp(), 'Stack', region === undefined ? {} : { env: { region } });
  const feedback = new FeedbackPipeline(stack, 'Feedback', { table: new SuppressionTable(stack, 'List'), ...props });
  return { stack, feedback };
};
const topicIn = (stack: Stack, region: string) =>
  Topic.fromTopicArn(stack, 'Other', `arn:aws:sns:${region}:111122223333:other`);

test('refuses a topic of another Region, whose subscription could not have the dead-letter queue', () => {
  const { stack, feedback } = pipeline('eu-west-1');
  expect(() => feedback.addTopic(topicIn(stack, 'us-east-1'))).toThrow(
    'topics must be in the Region of the stack, eu-west-1, got: arn:aws:sns:us-east-1:111122223333:other; deploy a stack in us-east-1 too',
  );
});

test('takes a topic of its own Region, and any where its own is not known before the deployment', () => {
  for (const region of ['eu-west-1', undefined]) {
    const { stack, feedback } = pipeline(region);
    feedback.addTopic(topicIn(stack, 'eu-west-1'));
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::SNS::Subscription'))).toHaveLength(2);
  }
});

test('refuses to wire identities where complaints go by stream, in any stack', () => {
  const { stack, feedback } = pipeline('eu-west-1', { policy: { complaintScope: 'stream' } });
  expect(() => new IdentityWiring(stack, 'Identities', { feedback, identities: ['ledger.example'] })).toThrow(
    'policy.complaintScope must be "*" where identities are wired, got: "stream"',
  );
});

test('gives every statement of the topic policy an id of its own, however often identities are wired', () => {
  const { stack, feedback } = pipeline('eu-west-1');
  new IdentityWiring(stack, 'One', { feedback, identities: ['ledger.example'] });
  new IdentityWiring(stack, 'Two', { feedback, identities: ['target.example'] });
  const policy = only(Template.fromStack(stack), 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;
  const sids = (policy as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
  expect(sids).toHaveLength(3);
  expect(new Set(sids).size).toBe(3);
});
