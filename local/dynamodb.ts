import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Attribute, MessagesTable, RecentIndex } from '../core/contract/index.ts';
import { DUMMY_CREDENTIALS } from './dummy-credentials.ts';
import { listenOnLoopback } from './http/listen-on-loopback.ts';

export interface LocalDynamoDb {
  readonly url: string;
  readonly table: string;
  /** Name of the table that remembers sends. */
  readonly messages: string;
  /** A client that talks to it; closed by {@link stop}. */
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

/**
 * Starts an in-memory DynamoDB that holds an empty suppression table and an empty table of messages, keyed and indexed
 * as the deployed ones.
 *
 * @param table - at least 3 characters, as DynamoDB asks; the other table's name begins with it
 */
export async function startDynamoDb(table: string): Promise<LocalDynamoDb> {
  const messages = `${table}-messages`;
  const server = await listenOnLoopback(dynalite({ createTableMs: 0 }), 0);
  const client = new DynamoDBClient({ ...DUMMY_CREDENTIALS, endpoint: server.url });
  const stop = async () => {
    client.destroy();
    await server.stop();
  };
  try {
    await client.send(new CreateTableCommand(suppressionTable(table)));
    await client.send(new CreateTableCommand(messagesTable(messages)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, table, messages, client, stop };
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

/** The suppression table as the stack makes it, less what an emulator cannot do (TTL, point-in-time recovery). */
export function suppressionTable(table: string): CreateTableCommandInput {
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      text(Attribute.ADDRESS),
      text(Attribute.SCOPE),
      text(RecentIndex.PARTITION_KEY),
      text(RecentIndex.SORT_KEY),
    ],
    KeySchema: keys(Attribute.ADDRESS, Attribute.SCOPE),
    GlobalSecondaryIndexes: [
      {
        IndexName: RecentIndex.NAME,
        KeySchema: keys(RecentIndex.PARTITION_KEY, RecentIndex.SORT_KEY),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...RecentIndex.PROJECTED] },
      },
    ],
  };
}

/** The table that remembers sends, likewise. */
export const messagesTable = (table: string): CreateTableCommandInput => ({
  TableName: table,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [text(MessagesTable.ID)],
  KeySchema: [{ AttributeName: MessagesTable.ID, KeyType: 'HASH' }],
});
