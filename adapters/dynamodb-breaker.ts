import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { BreakerState } from '../core/breaker/breaker-state.ts';
import { BreakerStateUnreadable, type BreakerStore, type RememberedState } from '../core/breaker/breaker-store.ts';
import type { Pausable } from '../core/breaker/sending.ts';
import { MessagesTable } from '../core/contract/index.ts';
import { breakerId, readState, writeState } from './breaker-codec.ts';

/** What the states in DynamoDB are reached by. */
export interface DynamoDbBreakerOptions {
  /** See `dynamoDbClient` for one with sensible time limits. */
  readonly client: DynamoDBClient;
  /** Name of the table that remembers sends. */
  readonly table: string;
}

/**
 * States of the circuit breaker in the table that remembers sends, an item each, which never expires.
 *
 * @example const store = new DynamoDbBreaker({ client: dynamoDbClient(), table: 'Suppressor-Messages' })
 */
export class DynamoDbBreaker implements BreakerStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor({ client, table }: DynamoDbBreakerOptions) {
    this.#client = client;
    this.#table = table;
  }

  async read(of: Pausable): Promise<RememberedState | undefined> {
    const item = await this.#item(of);
    if (item === undefined) return undefined;
    const version = item.version?.S;
    if (version === undefined) throw new BreakerStateUnreadable(`the item ${breakerId(of)} has no version`);
    return { state: readState(item.state?.S), version };
  }

  async write(of: Pausable, state: BreakerState, over: string | undefined): Promise<string | undefined> {
    const version = randomUUID();
    const asked: PutItemCommandInput = {
      TableName: this.#table,
      Item: {
        [MessagesTable.ID]: { S: breakerId(of) },
        version: { S: version },
        state: { S: writeState(state) },
      },
      ...(over === undefined
        ? { ConditionExpression: 'attribute_not_exists(#id)', ExpressionAttributeNames: { '#id': MessagesTable.ID } }
        : {
            ConditionExpression: '#version = :over',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':over': { S: over } },
          }),
    };
    try {
      await this.#client.send(new PutItemCommand(asked));
      return version;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The client repeats what got no answer, so a write may meet what it wrote itself.
      return (await this.#item(of))?.version?.S === version ? version : undefined;
    }
  }

  async #item(of: Pausable) {
    const Key = { [MessagesTable.ID]: { S: breakerId(of) } };
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#table, Key, ConsistentRead: true }));
    return Item;
  }
}
