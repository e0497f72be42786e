import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { Output } from '../../core/contract/index.ts';
import type { OpenedMessages } from '../dependencies.ts';
import { findDeployment } from './deployment.ts';
import type { Target } from './target.ts';

const REMEDY =
  'Does it send, and is it deployed (or, of a local cloud, started) from a version that remembers sends? ' +
  'Otherwise name the table with --messages-table.';

/**
 * Finds what a deployment remembers of its sends and opens it, in the ways in which the list is found.
 *
 * @throws CliError `NoMessagesTable`, or what kept it from being found
 */
export const openMessages = async (target: Target): Promise<OpenedMessages> => {
  const deployment = await findDeployment(target);
  const table = deployment.need(Output.MESSAGES_TABLE_NAME, REMEDY, 'NoMessagesTable');
  const client = dynamoDbClient(deployment.config('dynamodb'));
  return {
    table,
    sends: new DynamoDbSends({ client, table }),
    messageIds: new DynamoDbMessageIds({ client, table }),
    close: () => client.destroy(),
  };
};
