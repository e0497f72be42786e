import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Address } from '../core/address/address.ts';
import { Attribute } from '../core/contract/index.ts';
import type { Listed, RecentList, ScopeList } from '../core/ledger/ledger.ts';
import { DynamoDbLedger, type DynamoDbLedgerOptions } from './dynamodb-ledger.ts';
import { decodeKey } from './entry-codec.ts';
import { FIRST_MONTH, type RecentOptions, recentEntries } from './recent-query.ts';

/** What a list in DynamoDB is made of. */
export interface DynamoDbListOptions extends DynamoDbLedgerOptions {
  /** The month, `yyyy-mm`, at which {@link DynamoDbList.recent} ends. @default FIRST_MONTH */
  readonly firstMonth?: string;
}

/**
 * The suppression table as people ask it: the ledger, the list newest first from the index `recent` (eventually
 * consistent), and the scopes of one address.
 *
 * @example for await (const { address } of new DynamoDbList({ client: dynamoDbClient(), table }).recent()) …
 */
export class DynamoDbList extends DynamoDbLedger implements RecentList, ScopeList {
  readonly #client: DynamoDBClient;
  readonly #recent: RecentOptions;

  constructor(options: DynamoDbListOptions) {
    super(options);
    this.#client = options.client;
    this.#recent = { now: Date.now, firstMonth: FIRST_MONTH, ...options };
  }

  recent(): AsyncIterable<Listed> {
    return recentEntries(this.#recent);
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
}
