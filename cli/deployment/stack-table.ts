import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Output } from '../../core/contract/index.ts';
import { CliError } from '../cli-error.ts';
import { awsFault } from './aws-fault.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/**
 * The name of the table that a stack keeps, from its outputs.
 *
 * @throws CliError `StackNotFound`, `StackHasNoTable`, or what AWS refused
 */
export const stackTable = async (client: CloudFormationClient, stack: string): Promise<string> => {
  const answer = await client.send(new DescribeStacksCommand({ StackName: stack })).catch(async (error: unknown) => {
    if (!isMissing(error)) throw awsFault(error);
    const region = await client.config.region();
    throw new CliError(
      'StackNotFound',
      `there is no stack "${stack}" in ${region}`,
      'Deploy it with `npx cdk deploy`, or name yours with --stack and --region, or its table with --table.',
      undefined,
      { cause: error },
    );
  });
  const found = answer.Stacks?.[0];
  const table = found?.Outputs?.find(({ OutputKey }) => OutputKey === Output.TABLE_NAME)?.OutputValue;
  if (table !== undefined) return table;
  throw new CliError(
    'StackHasNoTable',
    `the stack "${stack}" (${found?.StackStatus ?? 'no status'}) has no output ${Output.TABLE_NAME}`,
    'Is it a stack of this project, and did its deployment succeed? Otherwise name the table with --table.',
  );
};
