import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CliError } from '../cli-error.ts';
import { awsFault } from './aws-fault.ts';

/** A stack as CloudFormation describes it. */
export interface StackOutputs {
  readonly status: string;
  readonly region: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** A laptop without a network must be told so, and soon. */
const LIMITS: CloudFormationClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

const describe = (client: CloudFormationClient, stack: string) =>
  client.send(new DescribeStacksCommand({ StackName: stack })).catch(async (error: unknown) => {
    if (!isMissing(error)) throw awsFault(error);
    throw new CliError(
      'StackNotFound',
      `there is no stack "${stack}" in ${await client.config.region()}`,
      'Deploy it with `npx cdk deploy`, or name yours with --stack and --region, or what you need of it by an option.',
      undefined,
      { cause: error },
    );
  });

/**
 * All outputs of a stack.
 *
 * @throws CliError `StackNotFound`, or what AWS refused
 */
export const stackOutputs = async (stack: string, config: CloudFormationClientConfig = {}): Promise<StackOutputs> => {
  const client = new CloudFormationClient({ ...LIMITS, ...config });
  try {
    const [found] = (await describe(client, stack)).Stacks ?? [];
    return {
      status: found?.StackStatus ?? 'no status',
      region: await client.config.region(),
      outputs: new Map((found?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    };
  } finally {
    client.destroy();
  }
};
