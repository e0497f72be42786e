import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CliError } from '../cli-error.ts';
import { awsFault } from './aws-fault.ts';

/** One output of a stack, and what to say where it is missing. */
export interface StackOutput {
  readonly output: string;
  /** Code of the error. */
  readonly code: string;
  readonly remedy: string;
  /** The option that names the table directly. */
  readonly option: string;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/**
 * The value of an output that names a table.
 *
 * @throws CliError `StackNotFound`, the code told, or what AWS refused
 */
export const stackOutput = async (
  client: CloudFormationClient,
  stack: string,
  { output, code, remedy, option }: StackOutput,
): Promise<string> => {
  const answer = await client.send(new DescribeStacksCommand({ StackName: stack })).catch(async (error: unknown) => {
    if (!isMissing(error)) throw awsFault(error);
    const region = await client.config.region();
    throw new CliError(
      'StackNotFound',
      `there is no stack "${stack}" in ${region}`,
      `Deploy it with \`npx cdk deploy\`, or name yours with --stack and --region, or its table with ${option}.`,
      undefined,
      { cause: error },
    );
  });
  const found = answer.Stacks?.[0];
  const value = found?.Outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
  if (value !== undefined) return value;
  throw new CliError(
    code,
    `the stack "${stack}" (${found?.StackStatus ?? 'no status'}) has no output ${output}`,
    remedy,
  );
};
