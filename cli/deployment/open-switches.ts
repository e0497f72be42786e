import { DynamoDbBreaker } from '../../adapters/dynamodb-breaker.ts';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { accountStanding, sesSending } from '../../adapters/ses-sending.ts';
import { sesV2Client } from '../../adapters/sesv2-client.ts';
import { Output } from '../../core/contract/index.ts';
import type { OpenedSwitches } from '../dependencies.ts';
import { findDeployment } from './deployment.ts';
import type { Target } from './target.ts';

const REMEDY = 'Is it a stack of this project that sends, and did its deployment succeed?';

/**
 * Finds the switches of a deployment: its default configuration set, the account, and what is remembered of both.
 *
 * @throws CliError `DeploymentLacks`, or what kept it from being found
 */
export const openSwitches = async (target: Target): Promise<OpenedSwitches> => {
  const deployment = await findDeployment(target);
  const configurationSet = deployment.need(Output.CONFIGURATION_SET_NAME, REMEDY);
  const table = deployment.need(Output.MESSAGES_TABLE_NAME, REMEDY);
  const dynamodb = dynamoDbClient(deployment.config('dynamodb'));
  const ses = sesV2Client({ maxAttempts: 6, ...deployment.config('ses') });
  return {
    configurationSet,
    sending: (of) => sesSending(ses, of),
    standing: () => accountStanding(ses),
    store: new DynamoDbBreaker({ client: dynamodb, table }),
    close: () => {
      dynamodb.destroy();
      ses.destroy();
    },
  };
};
