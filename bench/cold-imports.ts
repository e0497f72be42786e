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
};

/** Importing the deployed bundles in a fresh Node against bundles of nothing but their AWS clients. */
export const coldImports = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const floors = {
      feedback: await bundleLikeAFunction({ text: DYNAMODB }, join(folder, 'feedback')),
      send: await bundleLikeAFunction({ text: `${DYNAMODB}\n${SES}` }, join(folder, 'send')),
    };
    const compare = (name: 'feedback' | 'send') =>
      pairwise(
        ROUNDS,
        () => timeImport(join(DIST, name, 'index.mjs'), ENVIRONMENT),
        () => timeImport(floors[name], ENVIRONMENT),
      );
    return [
      againstFloor('import the feedback bundle', 'ms', await compare('feedback'), 1.15),
      againstFloor('import the send bundle', 'ms', await compare('send'), 1.25),
    ];
  });
