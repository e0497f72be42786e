import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * A DynamoDB client for this table. Sockets are kept between invocations: one that the server closed meanwhile costs a
 * repeated request, and every request here may be repeated without harm. A request without an answer after three seconds is
 * given up and repeated: a healthy one takes milliseconds, and `throwOnRequestTimeout` is what makes the limit more than
 * a warning. Three repetitions, then SQS or the caller tries again later.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const dynamoDbClient = (config: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });
