import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import { dynamoDbSettling } from '../../../adapters/dynamodb-settling.ts';
import { SqsDeadLetters } from '../../../adapters/sqs-dead-letters.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import type { DeadLetters } from '../../../core/feedback/dead-letters.ts';
import { makeHandler } from '../../../lambda/feedback/handler.ts';
import { Life } from '../../faults/life.ts';
import { QUIET, stormDynamoDb, stormSqs, type Weather } from '../clients.ts';
import type { LetterBox } from './letter-box.ts';

/** Where a storm's tables are. */
export interface Tables {
  readonly url: string;
  readonly table: string;
  readonly messages: string;
}

/** What Lambda runs: a handler with clients of its own, which may die in the middle of an invocation. */
export interface Environment {
  readonly handler: ReturnType<typeof makeHandler>;
  readonly life: Life;
  /** Ends its connections. */
  close(): void;
}

/** The feedback function over a client, as `lambda/feedback` makes it. */
export const feedbackHandler = (client: DynamoDBClient, { table, messages }: Tables, deadLetters: DeadLetters) =>
  makeHandler({
    ...QUIET,
    ledger: new DynamoDbLedger({ client, table }),
    settling: dynamoDbSettling({ client, table, messagesTable: messages, region: 'eu-west-1' }),
    deadLetters,
    policy: DEFAULT_POLICY,
    fingerprint: fingerprint('storm'),
  });

/** Starts an environment in this weather. */
export const startEnvironment = (
  tables: Tables,
  letters: LetterBox,
  weather: Weather,
  life = new Life(),
): Environment => {
  const client = stormDynamoDb(tables.url, weather, life);
  const sqs = stormSqs(letters.endpoint, weather, life);
  return {
    handler: feedbackHandler(client, tables, new SqsDeadLetters({ client: sqs, queueUrl: letters.queueUrl })),
    life,
    close: () => {
      client.destroy();
      sqs.destroy();
    },
  };
};
