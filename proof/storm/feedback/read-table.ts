import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../../adapters/attributes.ts';
import { decodeKey } from '../../../adapters/entry-codec.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { calmDynamoDb } from '../clients.ts';
import type { Tables } from './environment.ts';

/** Every item of a suppression table by `keyText`, read consistently. */
export const readTable = async ({ url, table }: Tables): Promise<Map<string, Attributes>> => {
  const client = calmDynamoDb(url);
  const items = new Map<string, Attributes>();
  let from: Attributes | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    for (const item of page.Items ?? []) items.set(keyText(decodeKey(item)), item);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  client.destroy();
  return items;
};

/** What a write has of its own, whatever it writes. */
const OF_THE_WRITE = new Set(['version', 'updatedAt', 'bucket']);

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
};

/** An item as text, to be compared: without what each write has of its own, and whether it is in the index. */
export const comparable = (item: Attributes): string =>
  JSON.stringify([
    item.bucket !== undefined,
    sorted(Object.fromEntries(Object.entries(item).filter(([name]) => !OF_THE_WRITE.has(name)))),
  ]);
