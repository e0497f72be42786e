import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { WIRING_MEMORY_KEY } from '../core/contract/index.ts';
import type { Wire } from './identity-notifications.ts';

/** What a wire was before this stack set it, so that removing the stack can put it back. */
export interface WiringMemory {
  /** The remembered state; `null` if this stack never set the wire. */
  recall(wire: string): Promise<Wire | null>;
  /**
   * Remembers a state. `keep` leaves an earlier memory as it is: SES has un-wired what was ours, and what came before
   * us is still what must be put back.
   */
  remember(wire: string, before: Wire, when: 'keep' | 'overwrite'): Promise<void>;
  /** Forgets a wire; nothing remembered is fine too. */
  forget(wire: string): Promise<void>;
}

const neverRemembered = {
  ConditionExpression: 'attribute_not_exists(#wire)',
  ExpressionAttributeNames: { '#wire': WIRING_MEMORY_KEY },
};

/** The memory in a DynamoDB table of its own, one item a wire: `topic` (absent for none) and `headers`. */
export class DynamoWiringMemory implements WiringMemory {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async recall(wire: string): Promise<Wire | null> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: { [WIRING_MEMORY_KEY]: { S: wire } }, ConsistentRead: true }),
    );
    return Item === undefined ? null : { topic: Item.topic?.S ?? null, headers: Item.headers?.BOOL ?? false };
  }

  async remember(wire: string, before: Wire, when: 'keep' | 'overwrite'): Promise<void> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: {
        [WIRING_MEMORY_KEY]: { S: wire },
        headers: { BOOL: before.headers },
        ...(before.topic === null ? {} : { topic: { S: before.topic } }),
      },
      ...(when === 'keep' ? neverRemembered : {}),
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      if (when === 'keep' && error instanceof ConditionalCheckFailedException) return;
      throw error;
    }
  }

  async forget(wire: string): Promise<void> {
    await this.#client.send(
      new DeleteItemCommand({ TableName: this.#table, Key: { [WIRING_MEMORY_KEY]: { S: wire } } }),
    );
  }
}
