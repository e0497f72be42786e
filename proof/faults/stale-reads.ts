import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FaultLog } from './fault-log.ts';

type Item = Record<string, AttributeValue>;

const KEYS = ['address', 'scope', 'id'];

const nameOf = (table: string, item: Item): string =>
  JSON.stringify([table, ...KEYS.filter((name) => name in item).map((name) => item[name])]);

/** A replica that lags: for the latest writes it still has what was there before. Shared by all clients of a run. */
export class LaggingReplica {
  readonly #before = new Map<string, Item | undefined>();
  readonly #behind: number;

  /** @param behind - items whose latest writes it has not seen */
  constructor(behind = 500) {
    this.#behind = behind;
  }

  /** The item of this key was written; `before` is what it was, undefined if there was none. */
  wrote(table: string, key: Item, before: Item | undefined): void {
    const name = nameOf(table, key);
    if (this.#before.has(name)) return;
    this.#before.set(name, before);
    if (this.#before.size <= this.#behind) return;
    for (const oldest of this.#before.keys()) {
      this.#before.delete(oldest);
      return;
    }
  }

  /** @returns what the replica has; undefined: the same as everybody else */
  find(table: string, key: Item): { readonly item: Item | undefined } | undefined {
    const name = nameOf(table, key);
    return this.#before.has(name) ? { item: this.#before.get(name) } : undefined;
  }
}

interface GetInput {
  readonly TableName: string;
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
}
interface BatchGetInput {
  readonly RequestItems: Readonly<
    Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>
  >;
}
interface BatchGetOutput {
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}

/** The answer of a replica to a batch read: old values of the tables that were not asked for consistently. */
const oldResponses = (input: BatchGetInput, output: BatchGetOutput, replica: LaggingReplica): BatchGetOutput => {
  const Responses = { ...output.Responses };
  for (const [table, { Keys, ConsistentRead }] of Object.entries(input.RequestItems)) {
    if (ConsistentRead === true) continue;
    const fresh = (Responses[table] ?? []).filter((item) => replica.find(table, item) === undefined);
    const old = Keys.map((key) => replica.find(table, key)?.item).filter((item) => item !== undefined);
    Responses[table] = [...fresh, ...old];
  }
  return { ...output, Responses };
};

/**
 * Answers reads by key from a replica that lags, unless they ask for consistency: then, as DynamoDB promises, from what was
 * written last. Each read that does not ask is counted.
 *
 * @param replica - shared by all clients that write and read the tables
 */
export const staleReads = (client: DynamoDBClient, replica: LaggingReplica, log: FaultLog): void => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        switch (commandName) {
          case 'PutItemCommand':
          case 'DeleteItemCommand': {
            const input = args.input as { TableName: string; Item?: Item; Key?: Item };
            const result = await next({
              ...args,
              input: { ...args.input, ReturnValues: 'ALL_OLD' } as typeof args.input,
            });
            const { Attributes, ...output } = result.output as { Attributes?: Item };
            replica.wrote(input.TableName, input.Item ?? input.Key ?? {}, Attributes);
            return { ...result, output: output as typeof result.output };
          }
          case 'GetItemCommand': {
            const { TableName, Key, ConsistentRead } = args.input as GetInput;
            const result = await next(args);
            if (ConsistentRead === true) return result;
            log.inconsistentRead();
            const found = replica.find(TableName, Key);
            if (found === undefined) return result;
            return { ...result, output: { ...result.output, Item: found.item } as typeof result.output };
          }
          case 'BatchGetItemCommand': {
            const input = args.input as BatchGetInput;
            const result = await next(args);
            if (Object.values(input.RequestItems).every(({ ConsistentRead }) => ConsistentRead === true)) return result;
            log.inconsistentRead();
            const output = oldResponses(input, result.output as BatchGetOutput, replica);
            return { ...result, output: output as typeof result.output };
          }
          default:
            return next(args);
        }
      },
    { step: 'initialize', name: 'staleReads' },
  );
};
