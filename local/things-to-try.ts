import type { LocalAddresses } from './cloud.ts';
import type { Paint } from './loop/paint.ts';
import { mailTo } from './loop/send-mail.ts';

const DEAD = 'bounce+2@simulator.amazonses.com';
const ALIVE = 'success+4@simulator.amazonses.com';

/** A few commands for whoever has the cloud up, ready to paste. */
export function thingsToTry({ lambda, ses, sqs, sendQueue }: LocalAddresses, paint: Paint): string {
  const request = JSON.stringify(mailTo([DEAD]));
  const alive = mailTo([ALIVE]);
  const send = (what: object) => `curl -s ${lambda}/2015-03-31/functions/send/invocations -d '${JSON.stringify(what)}'`;
  const queued = JSON.stringify({ QueueUrl: sendQueue, MessageBody: JSON.stringify(alive) });
  const tries = [
    ['Send a mail that bounces', send(mailTo([DEAD]))],
    ['Ask the list about it', `npx ses-suppressor check ${DEAD} --endpoint ${lambda}`],
    ['Send once for a key, however often you ask', send({ ...alive, idempotencyKey: 'order-1' })],
    ['Queue a mail', `curl -s ${sqs} -H 'x-amz-target: AmazonSQS.SendMessage' -d '${queued}'`],
    ['Send a newsletter that one can unsubscribe from', send({ ...alive, stream: 'newsletter', unsubscribe: true })],
    ['Look at the mail that SES got last, links and all', `curl -s ${ses}/last`],
    [
      'Send a mail with the AWS CLI',
      `aws lambda invoke --endpoint-url ${lambda} --region us-east-1 --no-sign-request --function-name send ` +
        `--cli-binary-format raw-in-base64-out --payload '${request}' /dev/stdout`,
    ],
  ] as const;
  const paragraphs = tries.map(([what, command]) => `${paint('bold', what)}\n   ${command}\n`);
  return ['', 'Everything stays up until you press Ctrl-C. Things to try:', '', ...paragraphs].join('\n');
}
