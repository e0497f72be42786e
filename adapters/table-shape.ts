import { DescribeTableCommand, type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';

/** Names of a key, in order; each with its DynamoDB type, as in `address (S)`. */
export interface KeyShape {
  readonly partition: string;
  /** `none` if there is no sort key. */
  readonly sort: string;
}

/** What a table is made of, as far as readers and writers depend on it. */
export interface TableShape {
  /** DynamoDB's word, such as `ACTIVE`. */
  readonly status: string;
  readonly key: KeyShape;
  /** Keys of the indexes by name. */
  readonly indexes: ReadonlyMap<string, KeyShape>;
}

/**
 * The shape of a table in the client's region, or `null` if there is none of that name.
 *
 * @example (await tableShape(client)('Suppressions'))?.key.partition // 'address (S)'
 */
export const tableShape =
  (client: DynamoDBClient) =>
  async (name: string): Promise<TableShape | null> => {
    const table = await client.send(new DescribeTableCommand({ TableName: name })).then(
      (answer) => answer.Table,
      (error: unknown) => {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      },
    );
    if (table === undefined) return null;
    const types = new Map(table.AttributeDefinitions?.map((known) => [known.AttributeName, known.AttributeType]));
    const named = (keys: typeof table.KeySchema, kind: 'HASH' | 'RANGE'): string => {
      const found = keys?.find((key) => key.KeyType === kind)?.AttributeName;
      return found === undefined ? 'none' : `${found} (${types.get(found) ?? '?'})`;
    };
    const keyOf = (keys: typeof table.KeySchema): KeyShape => ({
      partition: named(keys, 'HASH'),
      sort: named(keys, 'RANGE'),
    });
    return {
      status: table.TableStatus ?? 'UNKNOWN',
      key: keyOf(table.KeySchema),
      indexes: new Map(table.GlobalSecondaryIndexes?.map((index) => [index.IndexName ?? '', keyOf(index.KeySchema)])),
    };
  };
