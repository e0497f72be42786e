import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SESClient } from '@aws-sdk/client-ses';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { sesClient } from '../../adapters/ses-client.ts';
import { counting, type Requests } from '../counted.ts';

/** What the SDK gives its handler of a request, as far as this looks at it. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
}

const SETTINGS = { region: 'us-east-1', credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } };

/**
 * A transport that answers at once: the SDK writes, signs and reads as ever, and there is no network in what is measured.
 */
const instant = (body: string, type: string, onRequest: (request: Sent) => void) => {
  const answer = Buffer.from(body);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request: Sent) => {
      onRequest(request);
      return { response: { statusCode: 200, headers: { 'content-type': type }, body: answer } };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
};

/** A DynamoDB whose tables are always empty; each request's operation is told. */
export const emptyDynamoDb = (onRequest: (operation: string) => void = () => undefined): DynamoDBClient =>
  dynamoDbClient({
    ...SETTINGS,
    requestHandler: instant('{"Responses":{},"UnprocessedKeys":{}}', 'application/x-amz-json-1.0', ({ headers }) =>
      onRequest(headers['x-amz-target']?.split('.')[1] ?? ''),
    ),
  });

const ACCEPTED = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>bench</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata></SendRawEmailResponse>`;

/** An SES that takes every raw mail; its requests are counted. */
export const acceptingSes = (requests: Requests): SESClient =>
  sesClient({
    ...SETTINGS,
    requestHandler: instant(ACCEPTED, 'text/xml', () => counting(requests, 'SendRawEmail')),
  });
