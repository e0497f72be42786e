import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import { Output } from '../../core/contract/index.ts';
import type { OpenedList } from '../dependencies.ts';
import { findDeployment } from './deployment.ts';
import { deploymentPolicy } from './deployment-policy.ts';
import { ListCopy } from './list-copy.ts';
import type { Target } from './target.ts';

const REMEDY = 'Is it a stack of this project, and did its deployment succeed? Otherwise name the table with --table.';

/**
 * Finds the list of a deployment and opens it: a local cloud by its address, a table by its name, or a stack by its
 * outputs.
 *
 * @throws CliError `StackHasNoTable`, or what kept it from being found
 */
export const openList = async (target: Target): Promise<OpenedList> => {
  const deployment = await findDeployment(target);
  const table = deployment.need(Output.TABLE_NAME, REMEDY, 'StackHasNoTable');
  const policy = await deploymentPolicy(deployment);
  const client = dynamoDbClient(deployment.config('dynamodb'));
  const opened = { table, policy, close: () => client.destroy() };
  const home = deployment.output(Output.HOME_REGION);
  return home === undefined
    ? { ...opened, ledger: new DynamoDbList({ client, table }) }
    : { ...opened, ledger: new ListCopy({ client, table }, home), home };
};
