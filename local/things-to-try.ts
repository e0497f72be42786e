import type { LocalAddresses } from './cloud.ts';
import { commandLines, jsonLines } from './command-lines.ts';
import type { Paint } from './loop/paint.ts';

const DEAD = 'bounce+2@simulator.amazonses.com';
const ALIVE = 'success+4@simulator.amazonses.com';

const envelope = (to: string) => ({ from: 'no-reply@ledger.example', to: [to] });
const mail = (to: string) => ({
  ...envelope(to),
  subject: 'Your receipt',
  text: 'Thank you.',
  stream: 'receipts',
});

/** A command whose last word is followed by JSON, in quotes that open at the end of a line. */
const withJson = (words: readonly string[], json: object): string[] =>
  `${[...commandLines([...words.slice(0, -1), `${words.at(-1)} '`]), ...jsonLines(json)].join('\n')}'`.split('\n');

/** What other programs need to talk to this cloud, ready to paste. */
const environment = ({ lambda, dynamodb, ses, sqs }: LocalAddresses): string[] =>
  commandLines([
    'export',
    `AWS_ENDPOINT_URL_DYNAMODB=${dynamodb}`,
    `AWS_ENDPOINT_URL_LAMBDA=${lambda}`,
    `AWS_ENDPOINT_URL_SES=${ses}`,
    `AWS_ENDPOINT_URL_SQS=${sqs}`,
    'AWS_REGION=us-east-1',
    'AWS_DEFAULT_REGION=us-east-1',
    'AWS_ACCESS_KEY_ID=local',
    'AWS_SECRET_ACCESS_KEY=local',
  ]);

/** Where to go on: the console, and a few commands for whoever has the cloud up, ready to paste. */
export function thingsToTry(addresses: LocalAddresses, paint: Paint): string {
  const { console, lambda, ses, sqs, sendQueue, sendDeadLetterQueue, table } = addresses;
  const send = (what: object) =>
    withJson(['curl', '-s', `${lambda}/2015-03-31/functions/send/invocations`, '-d'], what);
  const onQueue = (action: string, input: object) =>
    withJson(['curl', '-s', sqs, '-H', `'x-amz-target: AmazonSQS.${action}'`, '-d'], input);
  const tries: readonly (readonly [what: string, command: readonly string[]])[] = [
    ['Send a mail that bounces', send(mail(DEAD))],
    ['Ask the list about it', commandLines(['npx', 'ses-suppressor', 'check', DEAD, '--endpoint', lambda])],
    ['Send once for a key, however often you ask', send({ ...mail(ALIVE), idempotencyKey: 'order-1' })],
    [
      'Send a newsletter that one can unsubscribe from',
      send({ ...mail(ALIVE), stream: 'newsletter', unsubscribe: true }),
    ],
    [
      'Send a template (others: aws ses create-template)',
      send({ ...envelope(ALIVE), template: { name: 'welcome', data: { name: 'Pat' } } }),
    ],
    ['Look at the mail that SES got last, links and all', commandLines(['curl', '-s', `${ses}/last`])],
    [
      'Queue a request that is at fault',
      onQueue('SendMessage', { QueueUrl: sendQueue, MessageBody: '{"subject":"Hi"}' }),
    ],
    [
      'Read it back from the dead letters, with the reason',
      onQueue('ReceiveMessage', {
        QueueUrl: sendDeadLetterQueue,
        MessageAttributeNames: ['All'],
        VisibilityTimeout: 0,
      }),
    ],
    // version 1 of the AWS CLI takes no endpoint of SQS from the environment
    [
      'Queue a mail with the AWS CLI',
      withJson(
        ['aws sqs send-message', `--endpoint-url ${sqs}`, `--queue-url ${sendQueue}`, '--message-body'],
        mail(ALIVE),
      ),
    ],
    [
      'Send one with the AWS CLI',
      withJson(
        'aws lambda invoke --function-name send --cli-binary-format raw-in-base64-out /dev/stdout --payload'.split(' '),
        mail(DEAD),
      ),
    ],
  ];
  return [
    '',
    'Everything stays up until you press Ctrl-C; what SES accepts and says appears below.',
    '',
    paint('bold', `For the library (table ${table}), the AWS CLI and every AWS SDK`),
    ...environment(addresses),
    '',
    'Things to try:',
    '',
    ...(console === null ? [] : [paint('bold', 'Write a mail and watch it, in a browser'), `   ${console}#/try`]),
    ...tries.flatMap(([what, command]) => [paint('bold', what), ...command]),
    '',
  ].join('\n');
}
