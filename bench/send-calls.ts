import { composeMime } from '../adapters/compose-mime.ts';
import { DynamoDbLedger } from '../adapters/dynamodb-ledger.ts';
import { DynamoDbMessageIds } from '../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../adapters/dynamodb-sends.ts';
import { SesMailer } from '../adapters/ses-mailer.ts';
import { DEFAULT_POLICY } from '../core/contract/index.ts';
import { makeHandler } from '../lambda/send/handler.ts';
import { startDynamoDb } from '../local/dynamodb.ts';
import { countingSes, countRequests, QUIET, take } from './counted.ts';
import { againstLimit, count, type Row } from './row.ts';

const to = Array.from({ length: 50 }, (_, i) => `ok${i}@target.example`);
const MAIL = { from: 'a@ledger.example', to, stream: 'receipts' };
const PLAIN = { ...MAIL, subject: 'Hi', text: 'Hi' };
const RAW = `From: a@ledger.example\r\nTo: ${to.join(',\r\n ')}\r\nSubject: Hi\r\n\r\nHi\r\n`;

/** The forms of a request, each with the requests it cannot do without: the list is read, SES is asked, and … */
const FORMS: readonly (readonly [form: string, request: object, requests: number])[] = [
  ['plain', PLAIN, 2],
  ['with an attachment', { ...PLAIN, attachments: [attachment('a.pdf')] }, 2],
  ['raw', { from: MAIL.from, stream: MAIL.stream, raw: base64(RAW) }, 2],
  ['template', { ...MAIL, template: { name: 'welcome', data: {} } }, 2],
  // the record is read, begun and answered
  ['with an idempotency key', { ...PLAIN, idempotencyKey: 'order-1' }, 5],
  ['with a Message-ID of its own', { ...PLAIN, headers: { 'Message-ID': '<order-1@ledger.example>' } }, 3],
];

/** Requests of one send to 50 in one stream, in each of its forms, against the fewest that could do. */
export const sendCalls = async (): Promise<Row[]> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const { client, table, messages } = dynamodb;
    const requests = countRequests(client);
    const ses = countingSes();
    const handler = makeHandler({
      ...QUIET,
      ledger: new DynamoDbLedger({ client, table }),
      mailer: new SesMailer({ client: ses.client }),
      sends: new DynamoDbSends({ client, table: messages }),
      messageIds: new DynamoDbMessageIds({ client, table: messages }),
      compose: composeMime,
      policy: DEFAULT_POLICY,
      configurationSet: 'bench',
      configurationSets: ['bench'],
      now: Date.now,
      tryMs: 0,
    });
    const send = (request: object) => handler(request, { getRemainingTimeInMillis: () => 60_000 });
    const counted: { reads: number; mails: number; total: Row }[] = [];
    for (const [form, request, least] of FORMS) {
      await send(request);
      const reads = take(requests, 'BatchGetItem');
      const mails = take(ses.requests);
      const all = reads + mails + take(requests);
      counted.push({ reads, mails, total: count(`requests of a send to 50, ${form}`, all, least) });
    }
    await send({ ...PLAIN, idempotencyKey: 'order-1' });
    const most = (of: 'reads' | 'mails') => Math.max(...counted.map((each) => each[of]));
    return [
      count('BatchGetItem for a send to 50 in one stream', most('reads'), 1),
      count('SES calls for a send to 50', most('mails'), 1),
      ...counted.map(({ total }) => total),
      againstLimit('SES calls for the same key again', take(ses.requests), 'calls', 0, 0),
    ];
  } finally {
    await dynamodb.stop();
  }
};

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function attachment(filename: string): object {
  return { filename, contentType: 'application/pdf', content: base64('%PDF-1.7') };
}
