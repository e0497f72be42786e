import { type AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Attribute, EVERYWHERE } from '../../core/contract/index.ts';
import type { LocalAddresses } from '../cloud.ts';
import { DUMMY_CREDENTIALS } from '../dummy-credentials.ts';
import type { EntryEvent } from './loop-event.ts';

export interface ListReader {
  /** The address's entry that holds everywhere, read consistently. */
  read(address: string): Promise<EntryEvent>;
  close(): void;
}

/** Reads the table as any program in any language would: by the names of the public contract. */
export function openList({ dynamodb, table }: Pick<LocalAddresses, 'dynamodb' | 'table'>): ListReader {
  const client = new DynamoDBClient({ ...DUMMY_CREDENTIALS, endpoint: dynamodb });
  return {
    read: async (address) => {
      const Key = { [Attribute.ADDRESS]: { S: address }, [Attribute.SCOPE]: { S: EVERYWHERE } };
      const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return entry(address, Item);
    },
    close: () => client.destroy(),
  };
}

function entry(address: string, item: Readonly<Record<string, AttributeValue>>): EntryEvent {
  const until = item[Attribute.UNTIL]?.N;
  return {
    event: 'entry',
    address,
    scope: EVERYWHERE,
    status: item[Attribute.STATUS]?.S ?? null,
    reason: item[Attribute.REASON]?.S ?? null,
    since: item[Attribute.SINCE]?.S ?? null,
    until: until === undefined ? null : new Date(Number(until) * 1000).toISOString(),
  };
}
