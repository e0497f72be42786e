import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { sesClient } from '../../adapters/ses-client.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';

const REGION = { region: 'eu-west-1' };

test('repeats requests to DynamoDB and SQS, and none to SES', async () => {
  await expect(dynamoDbClient(REGION).config.maxAttempts()).resolves.toBe(4);
  await expect(sqsClient(REGION).config.maxAttempts()).resolves.toBe(4);
  await expect(sesClient(REGION).config.maxAttempts()).resolves.toBe(1);
});

test('repeats no request to SES even if it is told to', async () => {
  await expect(sesClient({ ...REGION, maxAttempts: 3 }).config.maxAttempts()).resolves.toBe(1);
});

describe('with a server that closes idle connections', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('goes on after a freeze in which the connection to DynamoDB was closed', async () => {
    const client = dynamoDbClient({
      ...REGION,
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const ask = () => client.send(new DescribeTableCommand({ TableName: 'list' }));
    await ask();
    server.closeAllConnections();
    await expect(ask()).resolves.toBeDefined();
    client.destroy();
  });
});
