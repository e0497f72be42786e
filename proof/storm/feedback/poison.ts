import type { MalformedCode } from '../../../core/feedback/open-envelope.ts';
import type { Draw } from '../draw.ts';
import { type Enveloped, envelopedText, onFailure } from './envelopes.ts';

/** Something nobody can read, and the code it must be set aside with. */
export interface Poison extends Enveloped {
  readonly code: MalformedCode;
}

const nested = (depth: number, inner: unknown): unknown => (depth === 0 ? inner : onFailure(nested(depth - 1, inner)));

const listless = (mark: string): readonly unknown[] => [
  { eventType: 'Bounce', mark, bounce: { bouncedRecipients: mark } },
  { notificationType: 'Complaint', mark, complaint: mark },
  { eventType: 'Delivery', mark, delivery: { recipients: { mark } } },
  { eventType: 'Subscription', mark, mail: { destination: mark } },
];

const MAIL = { timestamp: '2026-01-02T03:04:05.678Z', destination: ['pat@target.example', 'sam@target.example'] };

const addressless = (mark: string): readonly unknown[] => [
  { eventType: 'Bounce', mail: MAIL, bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: mark }] } },
  { notificationType: 'Complaint', mail: MAIL, complaint: { complainedRecipients: [{}, { emailAddress: mark }] } },
  { eventType: 'Delivery', mark, mail: MAIL, delivery: { recipients: [null, 42] } },
];

type Make = (mark: string, draw: Draw, at: number) => Enveloped;

const queued = (body: unknown): Enveloped => ({ way: 'queue', body: JSON.stringify(body) });
const anyWay = (body: unknown, draw: Draw): Enveloped => ({
  way: draw.pick(['queue', 'direct']),
  body: JSON.stringify(body),
});

const KINDS: { readonly [code in MalformedCode]: readonly Make[] } = {
  NotJson: [
    (mark, draw, at) => envelopedText(`this is no JSON: ${mark}`, at, draw),
    (mark, draw, at) => envelopedText(`{"eventType":"Bounce","mark":"${mark}","bounce":{"bounc`, at, draw),
    (mark) => ({ way: 'queue', body: `<Message mark="${mark}"/>` }),
  ],
  NotAnObject: [
    (mark) => queued([mark]),
    (mark, draw, at) => envelopedText(JSON.stringify([{ mark }]), at, draw),
    (mark) => queued({ mark, Records: [null] }),
  ],
  NoType: [(mark, draw) => anyWay({ mark }, draw), (mark) => queued({ eventType: 7, notificationType: '', mark })],
  BadEnvelope: [
    (mark, draw) => anyWay({ Records: mark }, draw),
    (mark, draw) => anyWay({ 'detail-type': 'Email Bounced', source: 'aws.ses', detail: mark }, draw),
    (mark) => queued({ body: 42, mark }),
  ],
  TooDeep: [(mark) => queued(nested(20, { eventType: 'Open', mark }))],
  RecipientsNotAList: [(mark, draw) => anyWay(draw.pick(listless(mark)), draw)],
  // a queue always tells when it was sent, so only an event of its own can lack every time
  NoUsableTime: [
    (mark) => ({
      way: 'direct',
      body: JSON.stringify({ eventType: 'Delivery', mark, delivery: { recipients: ['pat@target.example'] } }),
    }),
  ],
  NoUsableAddress: [(mark, draw) => anyWay(draw.pick(addressless(mark)), draw)],
};

const CODES = Object.keys(KINDS) as MalformedCode[];

/** Poison of any kind; `mark` makes it one of its own. */
export const poison = (mark: string, at: number, draw: Draw): Poison => {
  const code = draw.pick(CODES);
  return { code, ...draw.pick(KINDS[code])(mark, draw, at) };
};
