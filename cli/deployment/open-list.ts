import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import type { OpenedList } from '../dependencies.ts';
import { localAddresses } from './local-addresses.ts';
import { stackTable } from './stack-table.ts';
import type { Target } from './target.ts';

type ClientConfig = Parameters<typeof dynamoDbClient>[0];

interface Location {
  readonly table: string;
  readonly config: ClientConfig;
}

/** A local cloud is never shown a person's own credentials. */
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** A laptop without a network must be told so, and soon. */
const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

const locate = async ({ stack, table, region, endpoint }: Target): Promise<Location> => {
  if (endpoint !== undefined) {
    const local = await localAddresses(endpoint);
    return { table: table ?? local.table, config: { ...LOCAL, endpoint: local.dynamodb } };
  }
  const config = region === undefined ? {} : { region };
  if (table !== undefined) return { table, config };
  const client = new CloudFormationClient({ ...LIMITS, ...config });
  try {
    return { table: await stackTable(client, stack), config };
  } finally {
    client.destroy();
  }
};

/**
 * Finds the list of a deployment and opens it: a local cloud by its address, a table by its name, or a stack by its
 * outputs.
 *
 * @throws CliError what kept it from being found
 */
export const openList = async (target: Target): Promise<OpenedList> => {
  const { table, config } = await locate(target);
  const client = dynamoDbClient(config);
  return { table, ledger: new DynamoDbList({ client, table }), close: () => client.destroy() };
};
