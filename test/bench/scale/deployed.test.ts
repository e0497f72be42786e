import { readFileSync } from 'node:fs';
import { bucketOf, shardOf } from '../../../adapters/bucket.ts';
import { dynamoDbClient } from '../../../adapters/dynamodb-client.ts';
import { DEPLOYED } from '../../../bench/scale/deployed.ts';
import { LARGEST_BODY } from '../../../lambda/queue/job.ts';
import { only, suppressorTemplate } from '../../lib/harness.ts';

const template = suppressorTemplate();
const { feedback, send, queue, table, buckets } = DEPLOYED;
const source = (path: string): string => readFileSync(`${__dirname}/../../../${path}`, 'utf8');
const properties = (type: string, prefix: string): Readonly<Record<string, unknown>> =>
  only(template, type, prefix).Properties;

test('the feedback function and its queue are deployed as the model says', () => {
  expect(properties('AWS::Lambda::Function', 'FeedbackFunction')).toMatchObject({
    MemorySize: feedback.memoryMb,
    Timeout: feedback.timeoutSeconds,
  });
  expect(properties('AWS::Lambda::Function', 'FeedbackFunction')).not.toHaveProperty('ReservedConcurrentExecutions');
  expect(properties('AWS::SQS::Queue', 'FeedbackQueue')).toMatchObject({
    VisibilityTimeout: feedback.visibilitySeconds,
    RedrivePolicy: { maxReceiveCount: feedback.receives },
  });
  const mapping = properties('AWS::Lambda::EventSourceMapping', 'Feedback');
  expect(mapping).toMatchObject({
    BatchSize: feedback.batch,
    ScalingConfig: { MaximumConcurrency: feedback.maxConcurrency },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect(mapping).not.toHaveProperty('MaximumBatchingWindowInSeconds');
});

test('the send function and the send queue are deployed as the model says', () => {
  expect(properties('AWS::Lambda::Function', 'SenderFunction')).toMatchObject({
    MemorySize: send.memoryMb,
    Timeout: send.timeoutSeconds,
  });
  expect(properties('AWS::Lambda::Function', 'SendQueueFunction')).toMatchObject({
    MemorySize: queue.memoryMb,
    Timeout: queue.timeoutSeconds,
  });
  expect(properties('AWS::Lambda::EventSourceMapping', 'SendQueue')).toMatchObject({
    BatchSize: queue.batch,
    ScalingConfig: { MaximumConcurrency: queue.functions },
  });
  expect(properties('AWS::SQS::Queue', 'SendQueue4')).toMatchObject({
    VisibilityTimeout: queue.visibilitySeconds,
    RedrivePolicy: { maxReceiveCount: queue.receives },
  });
  const most = (maxConcurrency: number) => () => suppressorTemplate({ queue: { maxConcurrency } });
  expect(most(queue.mostFunctions)).not.toThrow();
  expect(most(queue.mostFunctions + 1)).toThrow(`to ${queue.mostFunctions}, got`);
});

test('the client of the table tries as often and as long as the model says', async () => {
  const client = dynamoDbClient({ region: 'us-east-1' });
  expect(await client.config.maxAttempts()).toBe(table.tries);
  expect(source('adapters/dynamodb-client.ts')).toContain(`requestTimeout: ${table.tryClientSeconds * 1000},`);
  client.destroy();
});

test('the index has the buckets of the model, and a batch of large messages fits into an invocation', () => {
  const used = new Set(Array.from({ length: 1000 }, (_, i) => bucketOf('2026-11', shardOf(`pat${i}@target.example`))));
  expect(used.size).toBe(buckets);
  expect(DEPLOYED.feedback.batch * 256 * 1024).toBeLessThan(6 * 1024 * 1024);
  expect(LARGEST_BODY).toBeLessThanOrEqual(1024 * 1024);
});
