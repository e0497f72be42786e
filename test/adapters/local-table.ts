import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Attribute, RecentIndex } from '../../core/contract/index.ts';

/** A DynamoDB of this process on a free port of the loopback interface. */
export interface LocalDynamoDb {
  /** Where it is, for clients that the caller closes. */
  readonly config: DynamoDBClientConfig;
  /** A client of its own, which makes one attempt. */
  client(): DynamoDBClient;
  /** Makes an empty suppression table. */
  createTable(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts an embedded DynamoDB. */
export const startDynamoDb = async (): Promise<LocalDynamoDb> => {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config: DynamoDBClientConfig = {
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const clients: DynamoDBClient[] = [];
  const client = (): DynamoDBClient => {
    const made = new DynamoDBClient({ ...config, maxAttempts: 1 });
    clients.push(made);
    return made;
  };
  const { ADDRESS, SCOPE } = Attribute;
  const { NAME, PARTITION_KEY, SORT_KEY, PROJECTED } = RecentIndex;
  const createTable = async (name: string): Promise<void> => {
    await client().send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [ADDRESS, SCOPE, PARTITION_KEY, SORT_KEY].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: ADDRESS, KeyType: 'HASH' },
          { AttributeName: SCOPE, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: NAME,
            KeySchema: [
              { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
              { AttributeName: SORT_KEY, KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...PROJECTED] },
          },
        ],
      }),
    );
  };
  const close = async (): Promise<void> => {
    for (const made of clients) made.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { config, client, createTable, close };
};
