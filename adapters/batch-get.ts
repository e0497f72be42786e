import { types } from 'node:util';
import { BatchGetItemCommand, type DynamoDBClient, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { type EntryKey, keyText } from '../core/entry/entry.ts';
import type { Read } from '../core/ledger/ledger.ts';
import type { Attributes } from './attributes.ts';
import { decodeKey, encodeKey } from './entry-codec.ts';
import { pauseAfter, type Sleep } from './pause.ts';

/** Keys of one BatchGetItem: DynamoDB's own limit. */
export const KEYS_PER_REQUEST = 100;
/** Requests under way at once. */
const PARALLEL = 4;
/** Requests for one chunk while DynamoDB leaves keys of it unprocessed. */
const TRIES = 6;
const PAUSE = { firstMs: 25, mostMs: 800 };

/** How to read: which table, which attributes, what to make of an item. */
export interface BatchGetOptions<T> {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly sleep: Sleep;
  readonly random: () => number;
  /** Attributes beside the key; absent reads all. */
  readonly attributes?: readonly string[];
  /** @throws if the item cannot be read, which fails its key alone */
  readonly decode: (item: Attributes) => T;
}

const asError = (fault: unknown): Error => (types.isNativeError(fault) ? fault : new Error(String(fault)));

/** Attributes by placeholder, because `status` is a reserved word. */
const projection = (attributes: readonly string[] | undefined): Partial<KeysAndAttributes> => {
  if (attributes === undefined) return {};
  const names = [...Object.keys(encodeKey({ address: '' as EntryKey['address'], scope: '' })), ...attributes];
  return {
    ProjectionExpression: names.map((_, i) => `#a${i}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#a${i}`, name])),
  };
};

/** What is still to be learnt of one chunk: keys are taken out as they are answered. */
type Open = Map<string, EntryKey>;

const readChunk = async <T>(open: Open, found: Map<string, T>, failed: Map<string, Error>, o: BatchGetOptions<T>) => {
  let wanted: KeysAndAttributes = {
    Keys: [...open.values()].map(encodeKey),
    ConsistentRead: true,
    ...projection(o.attributes),
  };
  for (let tries = 1; tries <= TRIES; tries += 1) {
    if (tries > 1) await o.sleep(pauseAfter(tries - 1, PAUSE, o.random));
    const answer = await o.client.send(new BatchGetItemCommand({ RequestItems: { [o.table]: wanted } }));
    for (const item of answer.Responses?.[o.table] ?? []) {
      const key = keyText(decodeKey(item));
      open.delete(key);
      try {
        found.set(key, o.decode(item));
      } catch (fault) {
        failed.set(key, asError(fault));
      }
    }
    const left = answer.UnprocessedKeys?.[o.table]?.Keys ?? [];
    if (left.length === 0) return open.clear();
    const leftover = new Set(left.map((key) => keyText(decodeKey(key))));
    for (const key of open.keys()) if (!leftover.has(key)) open.delete(key);
    wanted = { ...wanted, Keys: left };
  }
  throw new Error(`DynamoDB left ${open.size} keys unprocessed after ${TRIES} tries; read them again later`);
};

/**
 * Items by key, read consistently: one BatchGetItem for every 100 different keys, repeated for the keys that DynamoDB
 * left unprocessed.
 *
 * @param keys - in any order; repeated keys are asked for once
 * @returns what was found, and the keys that could not be read with the fault; a key in neither has no item
 * @throws never: a request that fails fails the keys it had not yet brought
 */
export const batchGet = async <T>(keys: readonly EntryKey[], options: BatchGetOptions<T>): Promise<Read<T>> => {
  const distinct = [...new Map(keys.map((key) => [keyText(key), key]))];
  const chunks = Array.from({ length: Math.ceil(distinct.length / KEYS_PER_REQUEST) }, (_, i) =>
    distinct.slice(i * KEYS_PER_REQUEST, (i + 1) * KEYS_PER_REQUEST),
  );
  const found = new Map<string, T>();
  const failed = new Map<string, Error>();
  const queue = chunks.values();
  const work = async (): Promise<void> => {
    for (const chunk of queue) {
      const open: Open = new Map(chunk);
      try {
        await readChunk(open, found, failed, options);
      } catch (fault) {
        for (const key of open.keys()) failed.set(key, asError(fault));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, chunks.length) }, work));
  return { found, failed };
};
