import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { CliError } from '../cli-error.ts';
import type { OpenedMessages } from '../dependencies.ts';
import type { LocalAddresses } from './local-addresses.ts';
import { locate } from './locate.ts';
import { stackMessagesTable } from './stack-table.ts';
import type { Target } from './target.ts';

const inLocalCloud = ({ messages }: LocalAddresses): string => {
  if (messages !== undefined) return messages;
  throw new CliError(
    'LocalHasNoMessages',
    'this local cloud does not say where it remembers sends',
    'Start it again from this checkout, or name the table with --messages-table.',
  );
};

/**
 * Finds what a deployment remembers of its sends and opens it, in the ways in which the list is found.
 *
 * @throws CliError what kept it from being found
 */
export const openMessages = async (target: Target): Promise<OpenedMessages> => {
  const { table, config } = await locate(target, {
    named: target.messagesTable,
    inStack: stackMessagesTable,
    inLocalCloud,
  });
  const client = dynamoDbClient(config);
  return {
    table,
    sends: new DynamoDbSends({ client, table }),
    messageIds: new DynamoDbMessageIds({ client, table }),
    close: () => client.destroy(),
  };
};
