import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { CAST } from '../../../local/loop/cast.ts';
import { claim } from '../acceptance-error.ts';
import { eventually } from '../cloud.ts';
import type { Stage } from '../stage.ts';

const LIVING = 9;

/** Requests in the send queue are sent, each once; one to a suppressed address is not. */
export const sendQueue = async (stage: Stage): Promise<string> => {
  const { cloud, ses } = stage.parts;
  const dead = CAST.find(({ reason }) => reason !== null)?.address ?? '';
  const living = Array.from({ length: LIVING }, (_, i) => `success+queue-${i}@simulator.amazonses.com`);
  const before = ses.inbox.accepted;
  const url = stage.output('SendQueueUrl');
  const { Failed = [] } = await cloud.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: [...living, dead].map((to, i) => ({
        Id: String(i),
        MessageBody: JSON.stringify({
          from: 'no-reply@ledger.example',
          to: [to],
          subject: 'Queued',
          text: 'From the queue.',
          idempotencyKey: `acceptance-queue-${i}`,
        }),
      })),
    }),
  );
  claim(Failed.length === 0, `the queue should take every request, but ${Failed.length} failed`);
  const left = () => cloud.queueSize(url);
  await eventually(
    async () => (await left()) === 0 || undefined,
    'the send queue should be empty after 30 seconds, but is not',
  );
  const sent = ses.inbox.mails.slice(before - ses.inbox.accepted).flatMap(({ recipients }) => recipients);
  const wanted = [...living].sort().join(', ');
  claim(
    [...sent].sort().join(', ') === wanted,
    `SES should get one mail each for the living, but got ${sent.join(', ')}`,
  );
  const parked = await cloud.queueSize(stage.output('SendDeadLetterQueueUrl'));
  claim(parked === 0, `nothing should be parked, but ${parked} are`);
  await stage.settle();
  return `${LIVING} requests sent once each, one to ${dead.replace(/\+.*/, '')} withheld, queue empty`;
};
