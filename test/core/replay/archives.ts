import fc from 'fast-check';
import type { Policy } from '../../../core/contract/index.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import { Archive, type Told } from '../../../core/replay/archive.ts';

const START = Date.UTC(2026, 0, 1);
const ADDRESSES = ['pat@target.example', 'sam@target.example'];
const STREAMS = [undefined, 'receipts', 'newsletter'];

/** One SES message, told apart from every other by `n`, at its own time. */
const message = (n: number, kind: string, address: string, stream: string | undefined, status: string): object => {
  const at = new Date(START + n * 7 * HOUR).toISOString();
  const tags = stream === undefined ? {} : { stream: [stream] };
  const mail = { timestamp: at, messageId: `mail-${n}`, destination: [address], tags };
  const detail = { feedbackId: `feedback-${n}`, timestamp: at };
  if (kind === 'Delivery') return { eventType: kind, mail, delivery: { timestamp: at, recipients: [address] } };
  if (kind === 'Complaint')
    return { eventType: kind, mail, complaint: { ...detail, complainedRecipients: [{ emailAddress: address }] } };
  const bouncedRecipients = [{ emailAddress: address, action: 'failed', status, diagnosticCode: `smtp; ${n}` }];
  const [bounceType, bounceSubType] = kind.split('/');
  return { eventType: 'Bounce', mail, bounce: { ...detail, bounceType, bounceSubType, bouncedRecipients } };
};

const KINDS = ['Complaint', 'Permanent/General', 'Permanent/Suppressed', 'Transient/General', 'Transient/MailboxFull'];

/** Some messages about few people, in the order of their times. */
export const archive = (kinds: readonly string[] = KINDS): fc.Arbitrary<object[]> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...kinds),
        fc.constantFrom(...ADDRESSES),
        fc.constantFrom(...STREAMS),
        fc.constantFrom('5.1.1', '5.4.4', '5.2.2', '4.2.2'),
      ),
      { maxLength: 40 },
    )
    .map((given) => given.map((each, n) => message(n, ...each)));

export const WITH_DELIVERIES = [...KINDS, 'Delivery', 'Delivery'];

/** Policies that decide differently about them. */
export const policies = (base: Policy): fc.Arbitrary<Policy> =>
  fc
    .record({
      complaintScope: fc.constantFrom('*' as const, 'stream' as const),
      globalListHoldDays: fc.constantFrom(14, 30),
      deadAddressStatuses: fc.constantFrom(['5.1.1'], ['5.1.1', '5.2.2'], []),
      deadDomainStatuses: fc.constantFrom(['5.4.4'], []),
      softBounceWindowDays: fc.constantFrom(90, 10),
      softBounceSteps: fc.constantFrom(base.softBounceSteps, [{ strikes: 1, holdDays: 3 }]),
    })
    .map((some) => ({ ...base, ...some }));

/** What an archive says of each entry. */
export const tell = (messages: readonly object[], policy: Policy, wants?: (key: string) => boolean): Told[] => {
  const gathered = new Archive({ policy, ids: true, ...(wants === undefined ? {} : { wants }) });
  for (const each of messages) for (const opened of openEnvelope(each)) gathered.add(opened);
  return [...gathered.entries()];
};

/** A time long after all of them. */
export const LATER = START + 400 * DAY;
