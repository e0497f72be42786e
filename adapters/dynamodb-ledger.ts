import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Attribute } from '../core/contract/index.ts';
import type { Derived, Standing } from '../core/entry/derive.ts';
import type { Entry, EntryKey } from '../core/entry/entry.ts';
import type { Instant } from '../core/instant.ts';
import type { Ledger, Read, Stored } from '../core/ledger/ledger.ts';
import type { Attributes } from './attributes.ts';
import { batchGet } from './batch-get.ts';
import { decodeEntry, decodeStanding, encodeEntry, STANDING_ATTRIBUTES } from './entry-codec.ts';
import { entryGroup } from './entry-group.ts';
import { type Sleep, sleep } from './pause.ts';

/** What a ledger in DynamoDB is made of. */
export interface DynamoDbLedgerOptions {
  /** See `dynamoDbClient` for one with sensible time limits. */
  readonly client: DynamoDBClient;
  /** Name of the suppression table. */
  readonly table: string;
  /** Milliseconds since the epoch, UTC. @default Date.now */
  readonly now?: () => Instant;
  /** A lock that no other write has. @default - a random UUID */
  readonly version?: () => string;
  /** @default - waits by the real clock */
  readonly sleep?: Sleep;
  /** From 0 up to 1, for jitter. @default Math.random */
  readonly random?: () => number;
}

/** A condition by name: when it holds, the write happens. */
interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Attributes;
}

const neverWritten: Condition = {
  ConditionExpression: 'attribute_not_exists(#address)',
  ExpressionAttributeNames: { '#address': Attribute.ADDRESS },
};

/** Holds while the entry has the version that was read. */
export const unchangedSince = (version: string): Condition => ({
  ConditionExpression: '#version = :read',
  ExpressionAttributeNames: { '#version': Attribute.VERSION },
  ExpressionAttributeValues: { ':read': { S: version } },
});

/**
 * The suppression table in DynamoDB: consistent batch reads, one conditional write an entry. What only people ask is in
 * `DynamoDbList`, so that a function need not load it.
 *
 * The client may repeat any of its requests: a write that already happened is then refused by its own condition and
 * comes back as `lost`, and merging again finds nothing to change.
 *
 * @example const ledger = new DynamoDbLedger({ client: dynamoDbClient(), table: 'Suppressor-Table' })
 */
export class DynamoDbLedger implements Ledger {
  readonly #options: Required<DynamoDbLedgerOptions>;

  constructor(options: DynamoDbLedgerOptions) {
    this.#options = {
      now: Date.now,
      version: randomUUID,
      sleep,
      random: Math.random,
      ...options,
    };
  }

  async read(keys: readonly EntryKey[]): Promise<Read<Stored>> {
    const { table } = this.#options;
    const [read] = await batchGet([entryGroup(table, keys, decodeEntry)], this.#options);
    return read;
  }

  async standings(keys: readonly EntryKey[]): Promise<Read<Standing>> {
    const { table } = this.#options;
    const [read] = await batchGet([entryGroup(table, keys, decodeStanding, STANDING_ATTRIBUTES)], this.#options);
    return read;
  }

  async write(entry: Entry, derived: Derived, readVersion: string | undefined): Promise<'written' | 'lost'> {
    const { client, table, now, version } = this.#options;
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: encodeEntry(entry, derived, { version: version(), updatedAt: now() }),
          ...(readVersion === undefined ? neverWritten : unchangedSince(readVersion)),
        }),
      );
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'lost';
      throw error;
    }
  }
}
