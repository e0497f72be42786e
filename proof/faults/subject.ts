interface KeyedInput {
  readonly TableName?: string;
  readonly Key?: object;
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

/** Attributes that are the primary key in one of the tables. */
const KEYS = ['address', 'scope', 'id'];

const keyOf = (item: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(KEYS.filter((name) => name in item).map((name) => [name, item[name]]));

interface BatchEntry {
  readonly PutRequest?: { readonly Item?: Readonly<Record<string, unknown>> };
}

const batchKeys = (table: unknown): unknown => {
  if (Array.isArray(table))
    return table.map((entry: BatchEntry) => JSON.stringify(keyOf(entry.PutRequest?.Item ?? {}))).sort();
  const { Keys } = table as { readonly Keys?: readonly object[] };
  return (Keys ?? []).map((key) => JSON.stringify(key)).sort();
};

/**
 * What a request is about, the same in every run: its operation and its keys, mailed people or body, without the times,
 * locks and tokens that differ from run to run.
 */
export const subjectOf = (operation: string, input: object): string => {
  const { TableName, Key, Item, RequestItems } = input as KeyedInput;
  if (RequestItems !== undefined) {
    const tables = Object.keys(RequestItems).sort();
    return `${operation} ${JSON.stringify(tables.map((table) => [table, batchKeys(RequestItems[table])]))}`;
  }
  if (TableName !== undefined) return `${operation} ${TableName} ${JSON.stringify(Key ?? keyOf(Item ?? {}))}`;
  const { Destinations, Tags, MessageBody } = input as { readonly [field: string]: unknown };
  return `${operation} ${JSON.stringify([Destinations, Tags, MessageBody])}`;
};
