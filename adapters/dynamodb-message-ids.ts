import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { IdentifiedMail, MessageIds } from '../core/messages/message-ids.ts';
import type { Attributes } from './attributes.ts';
import { type Brisk, inTime } from './in-time.ts';
import { decodeMail, encodeMail, headerKey, messageKey } from './message-id-codec.ts';
import { pauseAfter, type Sleep, sleep } from './pause.ts';

/** What the Message-IDs in DynamoDB are made of. */
export interface DynamoDbMessageIdsOptions {
  readonly client: DynamoDBClient;
  /** Name of the table that remembers sends. */
  readonly table: string;
  /** Milliseconds in which a mail is remembered, or never will be. @default - as long as the client takes */
  readonly rememberMs?: number;
  /** @default - waits by the real clock */
  readonly sleep?: Sleep;
  /** From 0 up to 1, for jitter. @default Math.random */
  readonly random?: () => number;
}

/** Requests for one mail while DynamoDB leaves items of it unprocessed. */
const TRIES = 5;
const PAUSE = { firstMs: 25, mostMs: 400 };

/** Message-IDs in DynamoDB: an item for SES's id and one for the caller's, written in one request, each with all of it. */
export class DynamoDbMessageIds implements MessageIds {
  readonly #options: Required<Omit<DynamoDbMessageIdsOptions, 'rememberMs'>>;
  readonly #rememberMs: number | undefined;

  constructor({ rememberMs, ...options }: DynamoDbMessageIdsOptions) {
    this.#options = { sleep, random: Math.random, ...options };
    this.#rememberMs = rememberMs;
  }

  remember(mail: IdentifiedMail): Promise<void> {
    return inTime(this.#rememberMs, (how) => this.#write(mail, how));
  }

  byMessageId(messageId: string): Promise<IdentifiedMail | undefined> {
    return this.#find(messageKey(messageId));
  }

  byOwnMessageId(ownMessageId: string): Promise<IdentifiedMail | undefined> {
    return this.#find(headerKey(ownMessageId));
  }

  async #write(mail: IdentifiedMail, how: Brisk | undefined): Promise<void> {
    const { client, table, sleep: pause, random } = this.#options;
    let left: WriteRequest[] = encodeMail(mail).map((Item) => ({ PutRequest: { Item } }));
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (tries > 1) await pause(pauseAfter(tries - 1, PAUSE, random));
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
        how,
      );
      left = UnprocessedItems?.[table] ?? [];
      if (left.length === 0) return;
    }
    throw new Error(`DynamoDB left ${left.length} items unprocessed after ${TRIES} tries`);
  }

  async #find(Key: Attributes): Promise<IdentifiedMail | undefined> {
    const { client, table } = this.#options;
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item === undefined ? undefined : decodeMail(Item);
  }
}
