import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { Output } from '../../core/contract/index.ts';
import { stackOutput } from './stack-output.ts';

/**
 * The name of the list's table that a stack keeps, from its outputs.
 *
 * @throws CliError `StackNotFound`, `StackHasNoTable`, or what AWS refused
 */
export const stackTable = (client: CloudFormationClient, stack: string): Promise<string> =>
  stackOutput(client, stack, {
    output: Output.TABLE_NAME,
    code: 'StackHasNoTable',
    remedy: 'Is it a stack of this project, and did its deployment succeed? Otherwise name the table with --table.',
    option: '--table',
  });

/**
 * The name of the table that remembers sends, from the outputs of a stack.
 *
 * @throws CliError `StackNotFound`, `StackHasNoMessages`, or what AWS refused
 */
export const stackMessagesTable = (client: CloudFormationClient, stack: string): Promise<string> =>
  stackOutput(client, stack, {
    output: Output.MESSAGES_TABLE_NAME,
    code: 'StackHasNoMessages',
    remedy:
      'Does it send, and is it deployed from a version that remembers sends? Otherwise name the table with --messages-table.',
    option: '--messages-table',
  });
