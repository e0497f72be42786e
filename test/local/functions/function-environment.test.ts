import { type FunctionSurroundings, functionEnvironment } from '../../../local/functions/function-environment.ts';
import { LOCAL_FUNCTIONS } from '../../../local/functions/local-function.ts';

const NOWHERE = 'http://127.0.0.1:1';
const around = (streams: readonly string[]): FunctionSurroundings => ({
  ...{ dynamodb: NOWHERE, ses: NOWHERE, sqs: NOWHERE, secrets: NOWHERE, cloudwatch: NOWHERE, sns: NOWHERE },
  ...{ deadLetterQueue: NOWHERE, sendQueue: NOWHERE, sendDeadLetterQueue: NOWHERE, unsubscribe: NOWHERE },
  ...{ table: 'table', messages: 'messages', unsubscribeSecret: 'secret', alarmTopic: 'topic', lambda: NOWHERE },
  configurationSets: ['set'],
  policy: {},
  streams,
});

test.each([
  [['receipts', 'newsletter'], 'receipts,newsletter'],
  [[], undefined],
])('tells functions that send the streams %j, and the others nothing of them', (streams, told) => {
  const variables = LOCAL_FUNCTIONS.map((name) => [
    name,
    functionEnvironment(name, around(streams)).SUPPRESSOR_STREAMS,
  ]);
  const sends = (name: unknown) => name === 'send' || name === 'queue';
  expect(variables).toEqual(LOCAL_FUNCTIONS.map((name) => [name, sends(name) ? told : undefined]));
});
