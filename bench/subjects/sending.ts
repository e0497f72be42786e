// Times what this project adds to a mail: building it against nodemailer's composer alone, the send function without its
// network against the same, and a raw message against reading its base64 strictly: there and back. Bundled as a function is.
import MailComposer from 'nodemailer/lib/mail-composer';
import { composeMime } from '../../adapters/compose-mime.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import { ok } from '../../core/result.ts';
import type { Mailer, MessageParts } from '../../core/send/mailer.ts';
import { makeHandler } from '../../lambda/send/handler.ts';
import { pairwise } from '../median.ts';

const ROUNDS = 15;
const MEGABYTE = 1024 * 1024;
let sink = 0;

const perCall =
  (calls: number, work: () => unknown): (() => Promise<number>) =>
  async () => {
    const start = performance.now();
    for (let i = 0; i < calls; i += 1) await work();
    return ((performance.now() - start) / calls) * 1000;
  };

const measure = async (calls: number, work: () => unknown, floor: () => unknown) => {
  const [value, least] = [perCall(calls, work), perCall(calls, floor)];
  await least();
  await value();
  return pairwise(ROUNDS, value, least);
};

const file = Buffer.from(Array.from({ length: MEGABYTE }, (_, i) => (i * 7) % 256));
const from = { name: 'Ledger', address: 'no-reply@ledger.example' };
const pat = { name: 'Pat', address: 'pat@target.example' };
const TEXT = 'Thank you for your order. Your receipt is in this mail.\r\n'.repeat(10);
const parts: MessageParts = {
  from,
  to: [pat],
  cc: [],
  replyTo: [],
  subject: 'Your receipt',
  text: TEXT,
  headers: [],
  attachments: [{ filename: 'receipt.pdf', contentType: 'application/pdf', content: file }],
};
const built = (attachments: readonly object[]) =>
  new MailComposer({
    from,
    to: [pat],
    subject: 'Your receipt',
    text: TEXT,
    attachments: [...attachments],
    newline: 'win',
  })
    .compile()
    .build();

const nothing: Pick<Ledger, 'standings'> = { standings: async () => ({ found: new Map(), failed: new Map() }) };
const mailer: Mailer = {
  send: async (mail) => {
    sink += mail.destinations.length;
    return ok({ messageId: 'bench', messageIdHeader: '<bench@email.amazonses.com>' });
  },
};
const silent = () => undefined;
const handler = makeHandler({
  ledger: nothing,
  mailer,
  compose: composeMime,
  policy: DEFAULT_POLICY,
  configurationSet: 'bench',
  configurationSets: ['bench'],
  log: { info: silent, warn: silent, error: silent },
  counts: { add: silent, flush: silent },
  now: Date.now,
  tryMs: 0,
});
const send = (request: object) => handler(request, { getRemainingTimeInMillis: () => 60_000 });

const plain = {
  from: 'Ledger <no-reply@ledger.example>',
  to: ['Pat <pat@target.example>'],
  subject: 'Your receipt',
  text: TEXT,
  stream: 'receipts',
};
const base64 = Buffer.from(await built([{ filename: 'receipt.pdf', content: file }])).toString('base64');
const raw = { from: plain.from, to: plain.to, stream: plain.stream, raw: base64 };

const result = {
  attachment: await measure(
    10,
    () => composeMime(parts),
    () => built([{ filename: 'receipt.pdf', contentType: 'application/pdf', content: file }]),
  ),
  plain: await measure(
    300,
    () => send(plain),
    () => built([]),
  ),
  raw: await measure(
    20,
    () => send(raw),
    () => {
      const bytes = Buffer.from(base64, 'base64');
      sink += bytes.toString('base64') === base64 ? bytes.length : 0;
    },
  ),
};
if (sink === 0) throw new Error('nothing was sent');
process.stdout.write(JSON.stringify(result));
