import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Settling } from '../core/messages/settle.ts';
import { batchGet, type KeyGroup } from './batch-get.ts';
import { DynamoDbSends } from './dynamodb-sends.ts';
import { decodeEntry } from './entry-codec.ts';
import { entryGroup } from './entry-group.ts';
import { type Sleep, sleep } from './pause.ts';
import { decodeSend, decodeSendKey, encodeSendKey } from './send-codec.ts';

/** What settling in DynamoDB is made of. */
export interface DynamoDbSettlingOptions {
  readonly client: DynamoDBClient;
  /** Name of the suppression table. */
  readonly table: string;
  /** Name of the table that remembers sends. */
  readonly messagesTable: string;
  readonly region: string;
  /** @default - waits by the real clock */
  readonly sleep?: Sleep;
  /** From 0 up to 1, for jitter. @default Math.random */
  readonly random?: () => number;
}

/** Both tables of a deployment as feedback reads them: in the same BatchGetItem. */
export const dynamoDbSettling = (options: DynamoDbSettlingOptions): Settling => {
  const { client, table, messagesTable, region } = options;
  const how = { sleep, random: Math.random, ...options };
  const sends = new DynamoDbSends({ client, table: messagesTable });
  return {
    region,
    advance: (record) => sends.advance(record),
    async readWith(entries, keys) {
      const records = {
        table: messagesTable,
        keys: new Map(keys.map((key) => [key as string, encodeSendKey(key)])),
        nameOf: decodeSendKey,
        decode: decodeSend,
      } satisfies KeyGroup<unknown>;
      const read = await batchGet([entryGroup(table, entries, decodeEntry), records], how);
      return { entries: read[0], records: read[1] };
    },
  };
};
