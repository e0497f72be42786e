import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/**
 * An SQS client for dead letters and for messages that wait. Requests are repeated by the SDK: the same dead letter twice is better than none.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const sqsClient = (config: SQSClientConfig = {}): SQSClient =>
  new SQSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
    ...config,
  });
