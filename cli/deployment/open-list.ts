import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import type { OpenedList } from '../dependencies.ts';
import { locate } from './locate.ts';
import { stackTable } from './stack-table.ts';
import type { Target } from './target.ts';

/**
 * Finds the list of a deployment and opens it: a local cloud by its address, a table by its name, or a stack by its
 * outputs.
 *
 * @throws CliError what kept it from being found
 */
export const openList = async (target: Target): Promise<OpenedList> => {
  const { table, config } = await locate(target, {
    named: target.table,
    inStack: stackTable,
    inLocalCloud: (local) => local.table,
  });
  const client = dynamoDbClient(config);
  return { table, ledger: new DynamoDbList({ client, table }), close: () => client.destroy() };
};
