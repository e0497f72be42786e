import { join } from 'node:path';
import { Env } from '../core/contract/index.ts';
import { interleave } from './median.ts';
import { againstFloor, type Row } from './row.ts';
import { bundleLikeAFunction, timeImport, withFolder } from './subject.ts';

const ROUNDS = 21;
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
    const time = (file: string) => () => timeImport(file, ENVIRONMENT);
    const measured = await interleave(ROUNDS, {
      feedbackFloor: time(floors.feedback),
      feedback: time(join(DIST, 'feedback/index.mjs')),
      sendFloor: time(floors.send),
      send: time(join(DIST, 'send/index.mjs')),
    });
    return [
      againstFloor('import the feedback bundle', measured.feedback, 'ms', measured.feedbackFloor, 1.15),
      againstFloor('import the send bundle', measured.send, 'ms', measured.sendFloor, 1.25),
    ];
  });
