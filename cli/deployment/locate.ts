import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import type { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { type LocalAddresses, localAddresses } from './local-addresses.ts';
import type { Target } from './target.ts';

type ClientConfig = NonNullable<Parameters<typeof dynamoDbClient>[0]>;

/** A table and how to get to it. */
export interface Location {
  readonly table: string;
  readonly config: ClientConfig;
}

/** Which of a deployment's tables is meant. */
export interface Wanted {
  /** As an option names it; goes before everything that is found out. */
  readonly named: string | undefined;
  readonly inStack: (client: CloudFormationClient, stack: string) => Promise<string>;
  /** @throws CliError if this local cloud has none */
  readonly inLocalCloud: (addresses: LocalAddresses) => string;
}

/** A local cloud is never shown a person's own credentials. */
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** A laptop without a network must be told so, and soon. */
const LIMITS: CloudFormationClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/**
 * Finds a table of a deployment: in a local cloud by its address, by its name, or by the outputs of a stack.
 *
 * @throws CliError what kept it from being found
 */
export const locate = async (
  { stack, region, endpoint }: Target,
  { named, inStack, inLocalCloud }: Wanted,
): Promise<Location> => {
  if (endpoint !== undefined) {
    const local = await localAddresses(endpoint);
    return { table: named ?? inLocalCloud(local), config: { ...LOCAL, endpoint: local.dynamodb } };
  }
  const config = region === undefined ? {} : { region };
  if (named !== undefined) return { table: named, config };
  const client = new CloudFormationClient({ ...LIMITS, ...config });
  try {
    return { table: await inStack(client, stack), config };
  } finally {
    client.destroy();
  }
};
