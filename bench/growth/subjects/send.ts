// The send function over a DynamoDB and an SES that answer at once: processor time of a mail by recipients, by requests in
// an array, by size of a raw message and by attachments, against composing with nodemailer and the two requests bare.
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { composeMime } from '../../../adapters/compose-mime.ts';
import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import { SesMailer } from '../../../adapters/ses-mailer.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import { makeHandler } from '../../../lambda/send/handler.ts';
import { QUIET, type Requests, take } from '../../counted.ts';
import { acceptingSes, emptyDynamoDb } from '../instant-clients.ts';
import { cpuMs, sweep } from '../sweep.ts';

const KB = 1024;
const ROUNDS = 9;
const TABLE = 'bench';
const STREAM = 'receipts';
/** Requests of one array under way at once, as the function has them. */
const PARALLEL = 5;
const TEXT = 'Thank you for your order. Your receipt is in this mail.\r\n'.repeat(10);
const FROM = 'no-reply@ledger.example';

const reads: Requests = new Map();
const mails: Requests = new Map();
const dynamodb = emptyDynamoDb((operation) => reads.set(operation, (reads.get(operation) ?? 0) + 1));
const ses = acceptingSes(mails);
const handler = makeHandler({
  ...QUIET,
  ledger: new DynamoDbLedger({ client: dynamodb, table: TABLE }),
  mailer: new SesMailer({ client: ses }),
  compose: composeMime,
  policy: DEFAULT_POLICY,
  configurationSet: 'bench',
  configurationSets: ['bench'],
  now: Date.now,
  tryMs: 0,
});
const context = { getRemainingTimeInMillis: () => 60_000 };
const send = (request: object) => handler(request, context);

const addressesOf = (recipients: number): string[] =>
  Array.from({ length: recipients }, (_, i) => `pat${i}@target.example`);
const requestTo = (recipients: number, more: object = { text: TEXT }) => ({
  from: `Ledger <${FROM}>`,
  to: addressesOf(recipients).map((address, i) => `Pat ${i} <${address}>`),
  subject: 'Your receipt',
  stream: STREAM,
  ...more,
});

interface Attached {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

const composed = (recipients: number, attachments: readonly Attached[] = []): Promise<Buffer> =>
  new MailComposer({
    from: { name: 'Ledger', address: FROM },
    to: addressesOf(recipients).map((address, i) => ({ name: `Pat ${i}`, address })),
    subject: 'Your receipt',
    text: TEXT,
    attachments: [...attachments],
    newline: 'win',
  })
    .compile()
    .build();

/** The two requests of a mail: its recipients' entries are read, and SES takes it. */
const bare = async (recipients: number, mime: Uint8Array): Promise<void> => {
  const addresses = addressesOf(recipients);
  await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: {
        [TABLE]: {
          Keys: addresses.flatMap((address) => [
            { address: { S: address }, scope: { S: '*' } },
            { address: { S: address }, scope: { S: STREAM } },
          ]),
          ConsistentRead: true,
        },
      },
    }),
  );
  await ses.send(new SendRawEmailCommand({ Source: FROM, Destinations: addresses, RawMessage: { Data: mime } }));
};

const count = async (request: object) => {
  take(reads);
  take(mails);
  await send(request);
  return { reads: take(reads), mails: take(mails) };
};

const RECIPIENTS = [1, 2, 5, 10, 20, 50];
const REQUESTS = [1, 2, 5, 10, 20, 50, 100];
const SIZES_KB = [1, 4, 16, 64, 256, 1024, 4096];
const ATTACHED_KB = [1, 4, 16, 64, 256, 1024, 4096];
const ATTACHMENTS = [1, 2, 5, 10, 20, 50, 100];

const recipients = await sweep(
  RECIPIENTS,
  ROUNDS,
  (size) => {
    const request = requestTo(size);
    return cpuMs(() => send(request));
  },
  (size) => cpuMs(async () => bare(size, await composed(size))),
);

const array = await sweep(
  REQUESTS,
  ROUNDS,
  async (size) => {
    const requests = Array.from({ length: size }, () => requestTo(1));
    return (await cpuMs(() => send(requests))) / size;
  },
  async (size) =>
    (await cpuMs(() =>
      inParallel(PARALLEL, Array.from({ length: size }).keys(), async () => bare(1, await composed(1))),
    )) / size,
);

const fileOf = (kb: number, name = 'receipt.pdf'): Attached => ({
  filename: name,
  contentType: 'application/pdf',
  content: Buffer.from(Array.from({ length: kb * KB }, (_, i) => (i * 7) % 256)),
});
const encoded = (files: readonly Attached[]) =>
  files.map(({ content, ...rest }) => ({ ...rest, content: content.toString('base64') }));

const mimes = new Map<number, Buffer>();
for (const kb of SIZES_KB) {
  const head = await composed(1);
  mimes.set(
    kb,
    Buffer.concat([
      head,
      Buffer.from(
        'x'
          .repeat(70)
          .concat('\r\n')
          .repeat((kb * KB) / 72),
      ),
    ]),
  );
}
const raw = await sweep(
  SIZES_KB,
  ROUNDS,
  (kb) => {
    const base64 = (mimes.get(kb) ?? Buffer.alloc(0)).toString('base64');
    const request = { from: FROM, to: addressesOf(1), stream: STREAM, raw: base64 };
    return cpuMs(() => send(request), 50);
  },
  (kb) => {
    const base64 = (mimes.get(kb) ?? Buffer.alloc(0)).toString('base64');
    return cpuMs(() => bare(1, Buffer.from(base64, 'base64')), 50);
  },
);

const attached = (sizes: readonly number[], filesOf: (size: number) => Attached[]) =>
  sweep(
    sizes,
    ROUNDS,
    (size) => {
      const request = requestTo(1, { text: TEXT, attachments: encoded(filesOf(size)) });
      return cpuMs(() => send(request), 50);
    },
    (size) => {
      const files = encoded(filesOf(size));
      return cpuMs(async () => {
        const decoded = files.map(({ content, ...rest }) => ({ ...rest, content: Buffer.from(content, 'base64') }));
        await bare(1, await composed(1, decoded));
      }, 50);
    },
  );
const attachment = await attached(ATTACHED_KB, (kb) => [fileOf(kb)]);
const attachments = await attached(ATTACHMENTS, (files) =>
  Array.from({ length: files }, (_, i) => fileOf(10, `receipt-${i}.pdf`)),
);

const counts: { readonly x: number; readonly reads: number; readonly mails: number }[] = [];
for (const x of RECIPIENTS) counts.push({ x, ...(await count(requestTo(x))) });
const arrayCounts: typeof counts = [];
for (const x of REQUESTS) arrayCounts.push({ x, ...(await count(Array.from({ length: x }, () => requestTo(1)))) });
process.stdout.write(JSON.stringify({ recipients, array, raw, attachment, attachments, counts, arrayCounts }));
