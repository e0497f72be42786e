import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { claim } from '../acceptance-error.ts';
import { eventually } from '../cloud.ts';
import type { Stage } from '../stage.ts';

/** An asynchronous send that fails is tried once, and its request is kept in the queue of failed sends. */
export const failedSend = async (stage: Stage): Promise<string> => {
  const { cloud, metrics } = stage.parts;
  const failures = () => metrics.counted('SendFailed', 'InvalidRequest');
  const before = failures();
  const request = { from: 'no-reply@ledger.example', to: [], subject: 'To nobody', text: 'Nobody.' };
  await cloud.lambda.send(
    new InvokeCommand({
      FunctionName: stage.output('SendFunctionName'),
      InvocationType: 'Event',
      Payload: JSON.stringify(request),
    }),
  );
  const QueueUrl = stage.output('FailedSendsQueueUrl');
  const letter = await eventually(
    async () => (await cloud.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))).Messages?.[0],
    'a send that failed should be in the queue of failed sends, but is not',
  );
  const { requestPayload, responsePayload } = JSON.parse(letter.Body ?? '{}');
  claim(JSON.stringify(requestPayload) === JSON.stringify(request), 'the record should hold the request as it was');
  const { code } = JSON.parse(responsePayload?.errorMessage ?? '{}');
  claim(code === 'InvalidRequest', `the record should say InvalidRequest, but says ${code}`);
  const tries = await eventually(() => failures() - before || undefined, 'the function should count the failure');
  claim(tries === 1, `it should be tried once, but was ${tries} times`);
  await cloud.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: letter.ReceiptHandle }));
  return 'an asynchronous request that cannot be sent is tried once, and kept with its reason';
};
