import { types } from 'node:util';
import { BatchGetItemCommand, type DynamoDBClient, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { Read } from '../core/ledger/ledger.ts';
import type { Attributes } from './attributes.ts';
import { pauseAfter, type Sleep } from './pause.ts';

/** Keys of one BatchGetItem: DynamoDB's own limit. */
export const KEYS_PER_REQUEST = 100;
/** Requests under way at once. */
const PARALLEL = 4;
/** Requests for one chunk while DynamoDB leaves keys of it unprocessed. */
const TRIES = 6;
const PAUSE = { firstMs: 25, mostMs: 800 };

/** How to ask. */
export interface BatchGetOptions {
  readonly client: DynamoDBClient;
  readonly sleep: Sleep;
  readonly random: () => number;
}

/** What to read of one table, and what to make of it. */
export interface KeyGroup<T> {
  readonly table: string;
  /** The keys in wire form, by what they are called in the answer. */
  readonly keys: ReadonlyMap<string, Attributes>;
  /** What the key of an item is called. */
  readonly nameOf: (item: Attributes) => string;
  /** Attributes to read, the key's among them; absent reads all. */
  readonly attributes?: readonly string[];
  /** @throws if the item cannot be read, which fails its key alone */
  readonly decode: (item: Attributes) => T;
}

/** What was read, group by group. */
type Reads<Groups> = { -readonly [I in keyof Groups]: Groups[I] extends KeyGroup<infer T> ? Read<T> : never };

/** One group while it is read; of a chunk, `open` holds what is still to be learnt. */
interface Reading {
  readonly group: KeyGroup<unknown>;
  readonly found: Map<string, unknown>;
  readonly failed: Map<string, Error>;
}
interface Part extends Reading {
  readonly open: Map<string, Attributes>;
}

const asError = (fault: unknown): Error => (types.isNativeError(fault) ? fault : new Error(String(fault)));

/** Attributes by placeholder, because `status` is a reserved word. */
const projection = (names: readonly string[] | undefined): Partial<KeysAndAttributes> =>
  names === undefined
    ? {}
    : {
        ProjectionExpression: names.map((_, i) => `#a${i}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#a${i}`, name])),
      };

const wanted = ({ group, open }: Part): [string, KeysAndAttributes] => [
  group.table,
  { Keys: [...open.values()], ConsistentRead: true, ...projection(group.attributes) },
];

/** Takes what an answer brought, and leaves open what it left unprocessed. */
const take = (
  { group, open, found, failed }: Part,
  items: readonly Attributes[],
  left: readonly Attributes[],
): void => {
  for (const item of items) {
    const name = group.nameOf(item);
    open.delete(name);
    try {
      found.set(name, group.decode(item));
    } catch (fault) {
      failed.set(name, asError(fault));
    }
  }
  const leftover = new Set(left.map(group.nameOf));
  for (const name of open.keys()) if (!leftover.has(name)) open.delete(name);
};

const unread = (parts: readonly Part[]): Part[] => parts.filter((part) => part.open.size > 0);

/** @throws when a request fails, or keys stay unprocessed; what was read by then is no longer open */
const readTogether = async (parts: readonly Part[], { client, sleep, random }: BatchGetOptions): Promise<void> => {
  let open = parts;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    if (tries > 1) await sleep(pauseAfter(tries - 1, PAUSE, random));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: Object.fromEntries(open.map(wanted)) }),
    );
    for (const part of open) {
      const { table } = part.group;
      take(part, Responses?.[table] ?? [], UnprocessedKeys?.[table]?.Keys ?? []);
    }
    open = unread(open);
    if (open.length === 0) return;
  }
  const count = open.reduce((sum, part) => sum + part.open.size, 0);
  throw new Error(`DynamoDB left ${count} keys unprocessed after ${TRIES} tries; read them again later`);
};

/**
 * Reads a chunk. Where a request for several tables fails, what it had not brought is asked for once more, each table
 * apart: one that is out, or closed to this role, takes its own keys along and no others.
 */
const readChunk = async (parts: readonly Part[], options: BatchGetOptions): Promise<void> => {
  try {
    await readTogether(parts, options);
  } catch (fault) {
    const open = unread(parts);
    if (open.length > 1) await Promise.all(open.map((part) => readChunk([part], options)));
    else for (const part of open) for (const name of part.open.keys()) part.failed.set(name, asError(fault));
  }
};

/** The keys of all groups, 100 at a time; a chunk has a part of each group that has keys in it. */
const chunksOf = (readings: readonly Reading[]): Part[][] => {
  const chunks: Part[][] = [];
  let room = 0;
  for (const reading of readings) {
    let part: Part | undefined;
    for (const [name, key] of reading.group.keys) {
      if (room === 0) {
        chunks.push([]);
        room = KEYS_PER_REQUEST;
        part = undefined;
      }
      if (part === undefined) {
        part = { ...reading, open: new Map() };
        chunks.at(-1)?.push(part);
      }
      part.open.set(name, key);
      room -= 1;
    }
  }
  return chunks;
};

/**
 * Items by key, read consistently: one BatchGetItem for every 100 keys of all groups together, repeated for the keys that
 * DynamoDB left unprocessed. A request for several tables that fails is repeated for each of them.
 *
 * @param groups - of different tables
 * @returns for each group what was found, and the keys that could not be read with the fault; a key in neither has no item
 * @throws never: a request for one table that fails fails the keys it had not yet brought
 * @example const [entries, records] = await batchGet([entryGroup(table, keys, decodeEntry), recordGroup], options)
 */
export const batchGet = async <const Groups extends readonly KeyGroup<unknown>[]>(
  groups: Groups,
  options: BatchGetOptions,
): Promise<Reads<Groups>> => {
  const readings = groups.map((group): Reading => ({ group, found: new Map(), failed: new Map() }));
  const chunks = chunksOf(readings);
  const queue = chunks.values();
  const work = async (): Promise<void> => {
    for (const chunk of queue) await readChunk(chunk, options);
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, chunks.length) }, work));
  return readings.map(({ found, failed }) => ({ found, failed })) as Reads<Groups>;
};
