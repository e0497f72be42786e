import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { emfCounts } from '../../adapters/emf-counts.ts';
import { SesIdentityNotifications } from '../../adapters/identity-notifications.ts';
import { sleep } from '../../adapters/pause.ts';
import { powertoolsLog } from '../../adapters/powertools-log.ts';
import { sesSettingsClient } from '../../adapters/ses-settings-client.ts';
import { tableShape } from '../../adapters/table-shape.ts';
import { DynamoWiringMemory } from '../../adapters/wiring-memory.ts';
import { Env, WIRING_MEMORY_TABLE } from '../../core/contract/index.ts';
import type { IdentityDeps } from './deps.ts';
import { makeHandler } from './handler.ts';
import { paced } from './pacing.ts';
import { putTo } from './put.ts';

const log = powertoolsLog();
const dynamo = dynamoDbClient();

/** `TableCheck` sets neither variable: its function looks at a table and wires nothing. */
const identityDeps = (topicArn: string | undefined, memoryTable: string | undefined): IdentityDeps | null => {
  if (topicArn === undefined || memoryTable === undefined) return null;
  return {
    identities: paced(new SesIdentityNotifications(sesSettingsClient()), { now: Date.now, sleep }),
    memory: new DynamoWiringMemory(dynamo, memoryTable),
    topicArn,
    counts: emfCounts(),
    log,
  };
};

export const handler = makeHandler({
  identity: identityDeps(process.env[Env.TOPIC_ARN], process.env[WIRING_MEMORY_TABLE]),
  tableShape: tableShape(dynamo),
  put: putTo,
  log,
});
