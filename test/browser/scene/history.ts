import { dynamoDbClient } from '../../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import { type Address, parseAddress } from '../../../core/address/address.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { DAY, type Instant, toIso } from '../../../core/instant.ts';
import { add } from '../../../core/ledger/add.ts';
import { allow } from '../../../core/ledger/allow.ts';
import type { Decided } from '../../../core/ledger/decision.ts';
import type { LocalCloud } from '../../../local/cloud.ts';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { teach } from '../../cli/harness.ts';
import { bounce, bounced, complaint, delivery, type Fields, preferences, subscription } from '../../core/messages.ts';

/** The one whose page is shown. */
export const STAR = 'pat@target.example';

/** What remote servers say. */
const SAID = {
  unknown: ['5.1.1', 'smtp; 550 5.1.1 The email account that you tried to reach does not exist.'],
  disabled: ['5.2.1', 'smtp; 550 5.2.1 The mailbox is disabled and not accepting messages.'],
  full: ['4.2.2', 'smtp; 452 4.2.2 Over quota: the inbox is out of storage space.'],
} as const;

/** What happened on a day, to whom. */
interface Happened {
  readonly to: string;
  readonly at: Instant;
  readonly stream?: string;
}

let mails = 0;

/** The mail that something is said about; an id as SES makes them. */
const about = ({ to, at, stream = 'receipts' }: Happened) => {
  mails += 1;
  const serial = mails.toString(16).padStart(2, '0');
  return {
    mail: {
      timestamp: toIso(at - 4000),
      messageId: `0100019a${serial}7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-2b8f5d1c7e${serial}-000000`,
      destination: [to],
    },
    tags: { stream: [stream] },
    detail: { timestamp: toIso(at), feedbackId: `0100019a${serial}9b51-0f9d7c3a-51d2-4c55-8a37-9e0b1f6a2c${serial}` },
  };
};

const recipient = (to: string, kind: keyof typeof SAID) => {
  const [status, diagnosticCode] = SAID[kind];
  return [bounced(to, { status, diagnosticCode })];
};

/** A bounce for good, as SES writes it. */
export const hardBounce = (of: Happened, kind: 'unknown' | 'disabled' = 'unknown'): Fields =>
  bounce({ ...about(of), recipients: recipient(of.to, kind) });

const softBounce = (of: Happened): Fields =>
  bounce({ ...about(of), type: 'Transient', subtype: 'MailboxFull', recipients: recipient(of.to, 'full') });

/** Somebody who pressed “spam”. */
export const spamComplaint = (of: Happened): Fields =>
  complaint({ ...about(of), recipients: [{ emailAddress: of.to }] });

const arrival = (of: Happened): Fields => delivery({ ...about(of), recipients: [of.to] });

const unsubscribe = (of: Happened): Fields =>
  subscription(preferences({ newsletter: 'OptIn' }), preferences({ newsletter: 'OptOut' }), about(of));

/** One thing in the past of the list: a message of SES, or an operator's decision. */
type Past = { readonly at: Instant; readonly to: string } & (
  | { readonly message: Fields }
  | { readonly decide: typeof add | typeof allow; readonly decided: Decided }
);

/** Three weeks of a list, oldest first. */
const pastOf = (now: Instant): readonly Past[] => {
  const said = (daysAgo: number, to: string, how: (of: Happened) => Fields, stream = 'receipts'): Past => {
    const at = now - daysAgo * DAY;
    return { at, to, message: how({ to, at, stream }) };
  };
  const full = (to: string, ...days: readonly number[]) => days.map((day) => said(day, to, softBounce));
  const decided = (daysAgo: number, to: string, decide: typeof add, by: string, note: string): Past => ({
    at: now - daysAgo * DAY,
    to,
    decide,
    decided: { by, note },
  });
  const past: readonly Past[] = [
    said(21.3, 'accounts@shop.example', hardBounce),
    said(19.8, 'j.okafor@school.example', spamComplaint, 'newsletter'),
    said(18.9, 'maria.silva@mail.example', unsubscribe, 'newsletter'),
    said(17.2, 'old-office@corp.example', (of) => hardBounce(of, 'disabled')),
    said(16.4, 'lee@studio.example', hardBounce),
    decided(15.1, 'legal@corp.example', add, 'kim', 'asked by letter not to be written to'),
    said(14.6, 'n.haddad@clinic.example', spamComplaint, 'newsletter'),
    said(13.7, STAR, arrival),
    said(12.2, 'ticket-robot@support.example', hardBounce),
    said(11.9, 'sofia@mail.example', unsubscribe, 'newsletter'),
    ...full('warehouse@shop.example', 11.4, 10.3, 9.2),
    said(10.1, 'billing@target.example', hardBounce),
    decided(9.6, 'lee@studio.example', allow, 'kim', 'mailbox mended, confirmed by phone'),
    ...full('choir@parish.example', 8.8, 7.9, 6.6),
    said(8.3, 'd.novak@mail.example', hardBounce),
    said(7.4, 'weekly@press.example', unsubscribe, 'newsletter'),
    ...full(STAR, 6.8, 5.7, 4.6),
    said(6.1, 'hr@corp.example', (of) => hardBounce(of, 'disabled')),
    said(5.2, 'a.very.long.name.of.a.department@administration.university.example', hardBounce),
    said(4.9, 'tom@garage.example', spamComplaint, 'newsletter'),
    said(3.8, 'emma.jansen@mail.example', unsubscribe, 'newsletter'),
    said(3.1, 'info@closed-shop.example', hardBounce),
    ...full('reception@hotel.example', 4.2, 3.2, 2.1),
    said(2.4, STAR, unsubscribe, 'newsletter'),
    said(1.7, 'b.weber@school.example', hardBounce),
    decided(1.2, 'press@studio.example', add, 'alex', 'ticket 812: wants no more mail'),
    said(0.9, 'yuki@mail.example', unsubscribe, 'newsletter'),
    said(0.4, 'orders@bakery.example', hardBounce),
    said(0.2, 'r.costa@clinic.example', spamComplaint, 'alerts'),
  ];
  return [...past].sort((a, b) => a.at - b.at);
};

const keyOf = (address: string): Address => {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

/** Teaches the list of a cloud what it would know after three weeks, each change dated when it happened. */
export const teachHistory = async ({ addresses }: LocalCloud, now: Instant): Promise<void> => {
  const client = dynamoDbClient({ ...DUMMY_CREDENTIALS, endpoint: addresses.dynamodb });
  let clock = now;
  const ledger = new DynamoDbLedger({ client, table: addresses.table, now: () => clock });
  for (const past of pastOf(now)) {
    clock = past.at + 2000;
    if ('message' in past) await teach(ledger, [past.message]);
    else await past.decide(ledger, { address: keyOf(past.to), scope: '*' }, past.decided, DEFAULT_POLICY, past.at);
  }
  client.destroy();
};
