import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { MessagesTable } from '../../core/contract/index.ts';

/** Makes an empty table that remembers sends. */
export const createMessagesTable = async (client: DynamoDBClient, table: string): Promise<void> => {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: MessagesTable.ID, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: MessagesTable.ID, KeyType: 'HASH' }],
    }),
  );
};

/** Looks into a table, and changes it past every condition. */
export const itemsOf = (client: DynamoDBClient, table: string) => {
  const keyOf = (id: string) => ({ TableName: table, Key: { [MessagesTable.ID]: { S: id } } });
  return {
    get: async (id: string) => (await client.send(new GetItemCommand(keyOf(id)))).Item,
    put: (Item: NonNullable<ConstructorParameters<typeof PutItemCommand>[0]['Item']>) =>
      client.send(new PutItemCommand({ TableName: table, Item })),
    remove: (id: string) => client.send(new DeleteItemCommand(keyOf(id))),
  };
};

/** Has the client do what it is asked, and lose the first answer of every write. */
export const loseFirstAnswers = (client: DynamoDBClient, command: string): { readonly lost: () => number } => {
  let lost = 0;
  const seen = new Set<unknown>();
  client.middlewareStack.addRelativeTo(
    <Arguments extends { readonly request?: unknown }, Answer>(
      next: (args: Arguments) => Promise<Answer>,
      context: { readonly commandName?: string },
    ) =>
      async (args: Arguments): Promise<Answer> => {
        const answer = await next(args);
        if (context.commandName !== command || seen.has(context)) return answer;
        seen.add(context);
        lost += 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
    { name: 'loseAnswer', relation: 'after', toMiddleware: 'retryMiddleware' },
  );
  return { lost: () => lost };
};
