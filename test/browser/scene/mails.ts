import { toIso } from '../../../core/instant.ts';
import type { LocalCloud } from '../../../local/cloud.ts';
import { bounce, bounced, delay, delivery } from '../../core/messages.ts';
import { encodePng } from '../png.ts';
import { hardBounce, STAR, spamComplaint } from './history.ts';

const FROM = 'Ledger <no-reply@ledger.example>';
const at = (name: string): string => `${name}@simulator.amazonses.com`;

const WIDTH = 340;
const HEIGHT = 100;
const MONTHS = [38, 52, 44, 61, 57, 74];

/** Which colour a pixel of the mail's picture has: bars of six months, the last one darker. */
const barAt = (x: number, y: number): number => {
  const month = Math.floor((x - 16) / 52);
  const isBar = x >= 16 && (x - 16) % 52 < 32 && y >= 92 - (MONTHS[month] ?? 0) && y < 92;
  if (!isBar) return 0;
  return month === MONTHS.length - 1 ? 2 : 1;
};

const PICTURE = encodePng({
  width: WIDTH,
  height: HEIGHT,
  colours: [0xf3f6fb, 0xa9c4ee, 0x1d5bbf],
  pixels: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => barAt(i % WIDTH, Math.floor(i / WIDTH))),
});

const HTML = `<div style="font:15px/1.5 sans-serif;color:#1a2028;max-width:520px">
<h1 style="font-size:22px">Your month at Ledger</h1>
<p>Hello Ana, six receipts came in this month, two more than in the last one.</p>
<p><img src="cid:month" width="340" height="100" alt="Receipts of six months"></p>
<table style="border-collapse:collapse;width:100%">
<tr><td style="padding:6px 0;border-bottom:1px solid #d8dde4">Bakery</td><td style="text-align:right;border-bottom:1px solid #d8dde4">12.40</td></tr>
<tr><td style="padding:6px 0;border-bottom:1px solid #d8dde4">Garage</td><td style="text-align:right;border-bottom:1px solid #d8dde4">318.00</td></tr>
<tr><td style="padding:6px 0"><b>In all</b></td><td style="text-align:right"><b>330.40</b></td></tr>
</table>
<p style="color:#55606d;font-size:13px">The receipt of the garage is attached.</p></div>`;

/** The mail that the inbox is opened with. */
const MONTH = {
  subject: 'Your month at Ledger',
  text: 'Six receipts came in this month. In all: 330.40.',
  html: HTML,
  stream: 'newsletter',
  attachments: [
    { filename: 'month.png', contentType: 'image/png', content: PICTURE.toString('base64'), contentId: 'month' },
    {
      filename: 'garage-2026-11.csv',
      contentType: 'text/csv',
      content: Buffer.from('date,what,amount\n2026-11-19,tyres,318.00\n').toString('base64'),
    },
  ],
};

/** Subject of the mail that the inbox is opened with. */
export const MONTH_SUBJECT = MONTH.subject;

const RECEIPT = { subject: 'Your receipt', text: 'Thank you for your order.', stream: 'receipts' };
const ALERT = { subject: 'A new sign-in', text: 'Was it you?', stream: 'alerts' };

/** What happens while somebody looks, one thing after the other. */
const thingsOf = (cloud: LocalCloud): readonly (() => unknown)[] => {
  const { invoke, topic, sendQueue } = cloud;
  const send = (to: readonly string[], mail: object) => () => invoke('send', { from: FROM, to, ...mail });
  const says = (make: () => object) => () =>
    topic.publish(`${JSON.stringify(make())}\n`, 'Amazon SES Email Event Notification');
  const now = () => ({ at: Date.now(), detail: { timestamp: toIso(Date.now()) } });
  const mailTo = (to: string) => ({ destination: [to], timestamp: toIso(Date.now() - 60_000) });
  return [
    send(['Ana <ana@mail.example>'], MONTH),
    send([at('success+7')], RECEIPT),
    () => topic.publish('{"notificationType":"Bounce","bounce":'),
    () => sendQueue.send(JSON.stringify({ from: FROM, subject: 'Your receipt' })),
    send(['noor@school.example'], ALERT),
    send([at('bounce+12')], RECEIPT),
    says(() =>
      delay({
        mail: mailTo('sven@hotel.example'),
        tags: { stream: ['receipts'] },
        ...now(),
        recipients: [
          {
            emailAddress: 'sven@hotel.example',
            status: '4.4.1',
            diagnosticCode: 'smtp; 421 4.4.1 connection timed out',
          },
        ],
      }),
    ),
    send(['Ben <ben@mail.example>', 'cleo@school.example', 'weekly@press.example', 'sofia@mail.example'], {
      subject: 'The week at Ledger',
      text: 'What is new.',
      stream: 'newsletter',
      unsubscribe: true,
    }),
    send([at('complaint+3')], { ...RECEIPT, stream: 'newsletter', subject: 'The week at Ledger' }),
    says(() =>
      bounce({
        type: 'Transient',
        subtype: 'MailboxFull',
        mail: mailTo('choir.treasurer@parish.example'),
        tags: { stream: ['receipts'] },
        ...now(),
        recipients: [
          bounced('choir.treasurer@parish.example', {
            status: '4.2.2',
            diagnosticCode: 'smtp; 452 4.2.2 mailbox full',
          }),
        ],
      }),
    ),
    send([at('ooto')], RECEIPT),
    says(() => spamComplaint({ to: 'g.moreau@studio.example', at: Date.now(), stream: 'newsletter' })),
    send(['lee@studio.example'], RECEIPT),
    says(() =>
      delivery({
        mail: mailTo('warehouse@shop.example'),
        tags: { stream: ['receipts'] },
        ...now(),
        recipients: ['warehouse@shop.example'],
      }),
    ),
    says(() => hardBounce({ to: STAR, at: Date.now() })),
    send([at('bounce+12'), 'ines@bakery.example'], RECEIPT),
    send([STAR], RECEIPT),
    send(['omar@garage.example'], ALERT),
  ];
};

const PACE_MS = 900;

/** Has mails sent and feedback told, so that a feed looks alive. */
export const liven = async (cloud: LocalCloud): Promise<void> => {
  for (const [i, happen] of thingsOf(cloud).entries()) {
    await happen();
    await new Promise((resolve) => setTimeout(resolve, PACE_MS + ((i * 7) % 5) * 300));
  }
  while (!cloud.isSettled()) await new Promise((resolve) => setTimeout(resolve, 100));
};
