import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { MessagesTable } from '../core/contract/index.ts';
import type { KeyHash } from '../core/messages/key-hash.ts';
import { RecordTooLarge } from '../core/messages/record-too-large.ts';
import type { SendRecord } from '../core/messages/send-record.ts';
import type { Sends, Written } from '../core/messages/sends.ts';
import { type Attributes, text } from './attributes.ts';
import { type Brisk, inTime } from './in-time.ts';
import { decodeSend, encodeSend, encodeSendKey, SendAttribute } from './send-codec.ts';

/** What the records of sends in DynamoDB are made of. */
export interface DynamoDbSendsOptions {
  /** See `dynamoDbClient` for one with sensible time limits. */
  readonly client: DynamoDBClient;
  /** Name of the table that remembers sends. */
  readonly table: string;
  /**
   * Milliseconds in which what became of a send is written, or never will be: what `advance` and `release` may take.
   *
   * @default - as long as the client takes
   */
  readonly concludeMs?: number;
  /** @default - a random UUID */
  readonly token?: () => string;
}

/** A condition by name: when it holds, the write happens. */
interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Attributes;
}

const TOKEN = { '#token': SendAttribute.TOKEN };
const STATE = { ...TOKEN, '#state': SendAttribute.STATE };

const absent: Condition = {
  ConditionExpression: 'attribute_not_exists(#id)',
  ExpressionAttributeNames: { '#id': MessagesTable.ID },
};

const held = (token: string): Condition => ({
  ConditionExpression: '#token = :token',
  ExpressionAttributeNames: TOKEN,
  ExpressionAttributeValues: { ':token': text(token) },
});

const running = (token: string): Condition => ({
  ConditionExpression: '#token = :token AND #state = :running',
  ExpressionAttributeNames: STATE,
  ExpressionAttributeValues: { ':token': text(token), ':running': text('running') },
});

/** Still the same record, and not answered, or answered with this very id. */
const open = ({ token, progress }: SendRecord): Condition => {
  const values = { ':token': text(token), ':answered': text('answered') };
  if (progress.state !== 'answered')
    return {
      ConditionExpression: '#token = :token AND #state <> :answered',
      ExpressionAttributeNames: STATE,
      ExpressionAttributeValues: values,
    };
  return {
    ConditionExpression: '#token = :token AND (#state <> :answered OR #messageId = :messageId)',
    ExpressionAttributeNames: { ...STATE, '#messageId': SendAttribute.MESSAGE_ID },
    ExpressionAttributeValues: { ...values, ':messageId': text(progress.messageId) },
  };
};

/** What DynamoDB says of an item above 400 KB. */
const isTooLarge = (error: unknown): error is Error =>
  error instanceof DynamoDBServiceException &&
  error.name === 'ValidationException' &&
  error.message.startsWith('Item size has exceeded');

/**
 * The records of sends in DynamoDB, one item a key; every write is conditional, so that the client may repeat it.
 *
 * @example const sends = new DynamoDbSends({ client: dynamoDbClient(), table: 'Suppressor-Messages' })
 */
export class DynamoDbSends implements Sends {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #concludeMs: number | undefined;
  readonly token: () => string;

  constructor({ client, table, concludeMs, token = randomUUID }: DynamoDbSendsOptions) {
    this.#client = client;
    this.#table = table;
    this.#concludeMs = concludeMs;
    this.token = token;
  }

  async read(key: KeyHash): Promise<SendRecord | undefined> {
    const asked = { TableName: this.#table, Key: encodeSendKey(key), ConsistentRead: true };
    const { Item } = await this.#client.send(new GetItemCommand(asked));
    return Item === undefined ? undefined : decodeSend(Item);
  }

  begin(record: SendRecord, over: string | undefined): Promise<Written> {
    return this.#put(record, over === undefined ? absent : held(over));
  }

  advance(record: SendRecord): Promise<Written> {
    return inTime(this.#concludeMs, (how) => this.#put(record, open(record), how));
  }

  async release({ key, token }: SendRecord): Promise<void> {
    const asked = { TableName: this.#table, Key: encodeSendKey(key), ...running(token) };
    // A release that failed is made once more.
    const half = this.#concludeMs === undefined ? undefined : this.#concludeMs / 2;
    await inTime(half, (how) => this.#if(this.#client.send(new DeleteItemCommand(asked), how)));
  }

  #put(record: SendRecord, condition: Condition, how?: Brisk): Promise<Written> {
    const asked = { TableName: this.#table, Item: encodeSend(record), ...condition };
    return this.#if(this.#client.send(new PutItemCommand(asked), how));
  }

  async #if(write: Promise<unknown>): Promise<Written> {
    try {
      await write;
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'lost';
      throw isTooLarge(error) ? new RecordTooLarge(error.message, { cause: error }) : error;
    }
  }
}
