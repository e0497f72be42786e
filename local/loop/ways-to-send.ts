import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import PostalMime from 'postal-mime';
import type { LocalCloud } from '../cloud.ts';
import { DUMMY_CREDENTIALS } from '../dummy-credentials.ts';
import { headerValue } from '../ses/mail.ts';
import type { LoopOptions } from './closed-loop.ts';
import type { WayToSend } from './loop-event.ts';
import { expect } from './loop-failure.ts';
import { mailTo, sendMail } from './send-mail.ts';
import { settle } from './settle.ts';

/** Tries one way of sending; what it saw, in a few words. */
type Try = (cloud: LocalCloud, options: LoopOptions) => Promise<string>;

const TO = 'success+2@simulator.amazonses.com';
const READER = 'success+3@simulator.amazonses.com';
const FILE = {
  filename: 'receipt.pdf',
  contentType: 'application/pdf',
  content: Buffer.from(Array.from({ length: 1024 }, (_, n) => n % 256)),
};

const WAYS: Readonly<Record<WayToSend, { readonly what: string; readonly run: Try }>> = {
  attachment: { what: 'a mail with an attachment', run: withAttachment },
  repeat: { what: 'the same idempotency key twice', run: sameKeyTwice },
  queue: { what: 'a queued mail, delivered twice', run: queuedTwice },
  unsubscribe: { what: 'an unsubscribe from one stream', run: unsubscribed },
};

/**
 * Sends in each further way there is, and checks what SES got.
 *
 * @throws LoopFailure that names the way
 */
export async function trySending(cloud: LocalCloud, options: LoopOptions): Promise<void> {
  for (const [step, { what, run }] of Object.entries(WAYS) as [WayToSend, (typeof WAYS)[WayToSend]][]) {
    const before = performance.now();
    const finding = await run(cloud, options);
    options.report({ event: 'way', step, what, finding, ms: Math.round(performance.now() - before) });
  }
}

async function withAttachment({ addresses, inbox }: LocalCloud): Promise<string> {
  const attachment = { ...FILE, content: FILE.content.toString('base64') };
  const { status } = await sendMail(addresses.lambda, { ...mailTo([TO]), attachments: [attachment] }, 'attachment');
  expect(status === 'sent', 'attachment', `the mail should be sent, got: ${status}`);
  const { attachments } = await PostalMime.parse(inbox.last?.raw ?? '');
  const [file] = attachments;
  const came = `${attachments.length} files, the first ${file?.filename} of type ${file?.mimeType}`;
  expect(
    attachments.length === 1 && file?.filename === FILE.filename && file.mimeType === FILE.contentType,
    'attachment',
    `SES should get ${FILE.filename}, it got ${came}`,
  );
  const bytes = Buffer.from(file.content as ArrayBuffer);
  expect(bytes.equals(FILE.content), 'attachment', `the file should arrive as it was sent, ${bytes.length} bytes came`);
  return `${FILE.filename} arrived byte for byte`;
}

async function sameKeyTwice({ addresses, inbox }: LocalCloud): Promise<string> {
  const before = inbox.accepted;
  const request = { ...mailTo([TO]), idempotencyKey: 'order-4711' };
  const first = await sendMail(addresses.lambda, request, 'repeat');
  const second = await sendMail(addresses.lambda, request, 'repeat');
  const mails = inbox.accepted - before;
  expect(mails === 1, 'repeat', `SES should get one mail, it got ${mails}`);
  expect(second.duplicate === true, 'repeat', `the second answer should be a duplicate, got: ${second.duplicate}`);
  expect(
    first.messageId !== null && first.messageId === second.messageId,
    'repeat',
    `both answers should have the id ${first.messageId}, the second has ${second.messageId}`,
  );
  return 'one mail; the second answer says so';
}

async function queuedTwice(cloud: LocalCloud, { patienceMs }: LoopOptions): Promise<string> {
  const { addresses, inbox, sendQueue } = cloud;
  const before = { mails: inbox.accepted, deliveries: sendQueue.deliveries };
  sendQueue.loseDeletes(1);
  const client = new SQSClient({ ...DUMMY_CREDENTIALS, endpoint: addresses.sqs });
  const MessageBody = JSON.stringify(mailTo([TO]));
  await client.send(new SendMessageCommand({ QueueUrl: addresses.sendQueue, MessageBody }));
  client.destroy();
  await settle(cloud, patienceMs, 'queue');
  const mails = inbox.accepted - before.mails;
  const deliveries = sendQueue.deliveries - before.deliveries;
  // a machine that is busy gives it back for later, which is delivered once more
  expect(deliveries >= 2, 'queue', `the queue should deliver the request twice, it did ${deliveries} times`);
  expect(mails === 1, 'queue', `SES should get one mail, it got ${mails}`);
  return 'one mail';
}

async function unsubscribed({ addresses, inbox }: LocalCloud): Promise<string> {
  const ask = (more: object) => sendMail(addresses.lambda, { ...mailTo([READER]), ...more }, 'unsubscribe');
  const newsletter = { stream: 'newsletter', unsubscribe: true };
  const first = await ask(newsletter);
  expect(first.status === 'sent', 'unsubscribe', `the first newsletter should be sent, got: ${first.status}`);
  const headers = inbox.last?.headers ?? [];
  const post = headerValue(headers, 'List-Unsubscribe-Post');
  expect(post === 'List-Unsubscribe=One-Click', 'unsubscribe', `List-Unsubscribe-Post should offer it, got: ${post}`);
  const given = headerValue(headers, 'List-Unsubscribe') ?? '';
  const [, link] = /<(https?:[^>]+)>/.exec(given) ?? [];
  expect(link?.startsWith(addresses.unsubscribe) === true, 'unsubscribe', `no link in List-Unsubscribe: ${given}`);
  const response = await fetch(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'manual',
  });
  expect(response.ok, 'unsubscribe', `the unsubscribe should be taken, its address answered ${response.status}`);
  const accepted = inbox.accepted;
  const second = await ask(newsletter);
  const [withheld] = second.suppressed;
  const why = `${second.status}, ${withheld?.reason} in ${withheld?.scope}`;
  expect(
    why === 'suppressed, unsubscribe in newsletter' && inbox.accepted === accepted,
    'unsubscribe',
    `the next newsletter should be withheld for the unsubscribe, got: ${why}`,
  );
  const { status } = await ask({});
  expect(status === 'sent', 'unsubscribe', `a receipt should still be sent, got: ${status}`);
  return 'newsletter withheld, receipts sent';
}
