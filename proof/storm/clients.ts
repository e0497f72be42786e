import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { sesClient } from '../../adapters/ses-client.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';
import type { Dice } from '../faults/dice.ts';
import { evenly, type FaultRates, type Service } from '../faults/fault.ts';
import type { FaultLog } from '../faults/fault-log.ts';
import { injectFaults, type Leaving } from '../faults/inject-faults.ts';
import type { Life } from '../faults/life.ts';
import { type LaggingReplica, staleReads } from '../faults/stale-reads.ts';

/** What all clients of a run share. */
export interface Weather {
  readonly dice: Dice;
  readonly log: FaultLog;
  readonly replica: LaggingReplica;
  /** The share of a service's requests that meets a fault, from 0 to 1; it may change while the run goes on. */
  readonly share: (service: Service) => number;
  /** Whether the tables refuse every request now. @default - never */
  readonly isOut?: () => boolean;
  /** Does something to each client of the tables. @default - nothing */
  readonly tamper?: (client: DynamoDBClient) => void;
}

/** An outage: nothing that is asked for happens. */
const OUT: FaultRates = { throttle: 0.3, internal: 0.4, 'timeout-before': 0.3 };

const LOCAL = { region: 'eu-west-1', credentials: { accessKeyId: 'storm', secretAccessKey: 'storm' } };

const faults = (service: Service, { dice, log, share, isOut }: Weather, life: Life) => ({
  service,
  dice,
  log,
  life,
  rates: () => (service === 'dynamodb' && isOut?.() ? OUT : evenly(service, share(service))),
});

/** The production client of the tables, in this weather. */
export const stormDynamoDb = (endpoint: string, weather: Weather, life: Life): DynamoDBClient => {
  const client = injectFaults(dynamoDbClient({ ...LOCAL, endpoint }), faults('dynamodb', weather, life));
  weather.tamper?.(client);
  staleReads(client, weather.replica, weather.log);
  return client;
};

/** The production client of the dead-letter queue, in this weather. */
export const stormSqs = (endpoint: string, weather: Weather, life: Life): SQSClient =>
  injectFaults(sqsClient({ ...LOCAL, endpoint }), faults('sqs', weather, life));

/** The production client of SES, in this weather. */
export const stormSes = (
  endpoint: string,
  weather: Weather,
  life: Life,
  onArrival: (leaving: Leaving) => void,
): SESClient => injectFaults(sesClient({ ...LOCAL, endpoint }), { ...faults('ses', weather, life), onArrival });

/** A client of the tables that meets no fault, for setting up and reading back. */
export const calmDynamoDb = (endpoint: string): DynamoDBClient => dynamoDbClient({ ...LOCAL, endpoint });

const silent = (): void => undefined;

/** Log and counts that keep nothing. */
export const QUIET = { log: { info: silent, warn: silent, error: silent }, counts: { add: silent, flush: silent } };
