import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { claim } from '../acceptance-error.ts';
import { eventually } from '../cloud.ts';
import type { Stage } from '../stage.ts';

/** A message nobody can read ends in the dead-letter queue, with the reason. */
export const poison = async (stage: Stage): Promise<string> => {
  const { cloud, ses } = stage.parts;
  ses.publish('{"eventType":"Bounce","bounce":{"bouncedRecipients":"nobody"},"mail":{}}');
  const QueueUrl = stage.output('DeadLetterQueueUrl');
  const letter = await eventually(async () => {
    const asked = { QueueUrl, MessageAttributeNames: ['All'], WaitTimeSeconds: 1 };
    return (await cloud.sqs.send(new ReceiveMessageCommand(asked))).Messages?.[0];
  }, 'an unreadable message should be in the dead-letter queue, but is not');
  const code = letter.MessageAttributes?.code?.StringValue ?? 'none';
  claim(code === 'RecipientsNotAList', `its code should be RecipientsNotAList, but is ${code}`);
  await stage.settle();
  await cloud.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  return `an unreadable message is in the dead-letter queue with the code ${code}`;
};
