import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { Address } from '../core/address/address.ts';
import { Attribute } from '../core/contract/index.ts';
import type { EntryKey } from '../core/entry/entry.ts';
import type {
  EntryRemoval,
  EntryScan,
  Listed,
  RecentList,
  RecentRange,
  Scanned,
  ScopeList,
} from '../core/ledger/ledger.ts';
import { DynamoDbLedger, type DynamoDbLedgerOptions, unchangedSince } from './dynamodb-ledger.ts';
import { decodeKey, encodeKey } from './entry-codec.ts';
import { decodeScanned } from './entry-scan.ts';
import { FIRST_MONTH, type RecentOptions, recentEntries } from './recent-query.ts';

/** What a list in DynamoDB is made of. */
export interface DynamoDbListOptions extends DynamoDbLedgerOptions {
  /** The month, `yyyy-mm`, at which {@link DynamoDbList.recent} ends. @default FIRST_MONTH */
  readonly firstMonth?: string;
}

/**
 * The suppression table as people ask it: the ledger, the list newest first from the index `recent` (eventually
 * consistent), the scopes of one address, and the whole of it.
 *
 * @example for await (const { address } of new DynamoDbList({ client: dynamoDbClient(), table }).recent()) …
 */
export class DynamoDbList extends DynamoDbLedger implements RecentList, ScopeList, EntryScan, EntryRemoval {
  readonly #client: DynamoDBClient;
  readonly #recent: RecentOptions;

  constructor(options: DynamoDbListOptions) {
    super(options);
    this.#client = options.client;
    this.#recent = { now: Date.now, firstMonth: FIRST_MONTH, ...options };
  }

  recent(range: RecentRange = {}): AsyncIterable<Listed> {
    return recentEntries(this.#recent, range);
  }

  async delete(key: EntryKey, readVersion?: string): Promise<'deleted' | 'lost'> {
    const item = { TableName: this.#recent.table, Key: encodeKey(key) };
    try {
      await this.#client.send(
        new DeleteItemCommand(readVersion === undefined ? item : { ...item, ...unchangedSince(readVersion) }),
      );
      return 'deleted';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'lost';
      throw error;
    }
  }

  async scopesOf(address: Address): Promise<readonly string[]> {
    const scopes: string[] = [];
    const query = {
      TableName: this.#recent.table,
      ConsistentRead: true,
      KeyConditionExpression: '#address = :address',
      ProjectionExpression: '#address, #scope',
      ExpressionAttributeNames: { '#address': Attribute.ADDRESS, '#scope': Attribute.SCOPE },
      ExpressionAttributeValues: { ':address': { S: address } },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#client }, query))
      scopes.push(...Items.map((item) => decodeKey(item).scope));
    return scopes;
  }

  async *scan(): AsyncGenerator<Scanned> {
    const whole = { TableName: this.#recent.table, ConsistentRead: true };
    for await (const { Items = [] } of paginateScan({ client: this.#client }, whole)) yield* Items.map(decodeScanned);
  }
}
