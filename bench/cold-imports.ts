import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Env } from '../core/contract/index.ts';
import { pairwise } from './median.ts';
import { againstFloor, type Row } from './row.ts';
import { bundleLikeAFunction, timeImport, withFolder } from './subject.ts';

const ROUNDS = 31;
const DIST = new URL('../dist/', import.meta.url).pathname;

const DYNAMODB = `import { BatchGetItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
export const dynamodb = [new DynamoDBClient({}), BatchGetItemCommand, PutItemCommand];`;
const SES = `import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
export const ses = [new SESClient({}), SendRawEmailCommand];`;
const SQS = `import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
export const sqs = [new SQSClient({}), ChangeMessageVisibilityCommand, SendMessageCommand];`;

/** Each function with the AWS clients it cannot start without, and the worst ratio that may land. */
const BUNDLES = {
  feedback: [[DYNAMODB], 1.15],
  send: [[DYNAMODB, SES], 1.25],
  queue: [[DYNAMODB, SES, SQS], 1.25],
  unsubscribe: [[DYNAMODB], 1.15],
} as const satisfies Record<string, readonly [clients: readonly string[], budget: number]>;

const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  [Env.TABLE]: 'bench',
  [Env.DEAD_LETTER_QUEUE]: 'http://127.0.0.1/bench',
  [Env.LOG_KEY]: 'bench',
  [Env.CONFIGURATION_SET]: 'bench',
  [Env.MESSAGES_TABLE]: 'bench',
  [Env.SEND_QUEUE]: 'http://127.0.0.1/bench',
  [Env.SEND_DEAD_LETTER_QUEUE]: 'http://127.0.0.1/bench',
  [Env.UNSUBSCRIBE_URL]: 'http://127.0.0.1/',
  [Env.UNSUBSCRIBE_SECRET]: 'bench',
};

/** Importing the deployed bundles in a fresh Node against bundles of nothing but their AWS clients. */
export const coldImports = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const rows: Row[] = [];
    for (const [name, [clients, budget]] of Object.entries(BUNDLES)) {
      const floor = await bundleLikeAFunction({ text: clients.join('\n') }, join(folder, name, 'floor'));
      // a copy, lest a build meanwhile takes it away
      const deployed = join(folder, name, 'deployed');
      await cp(join(DIST, name), deployed, { recursive: true });
      const pair = await pairwise(
        ROUNDS,
        () => timeImport(join(deployed, 'index.mjs'), ENVIRONMENT),
        () => timeImport(floor, ENVIRONMENT),
      );
      rows.push(againstFloor(`import the ${name} bundle`, 'ms', pair, budget));
    }
    return rows;
  });
