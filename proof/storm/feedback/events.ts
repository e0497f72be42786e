import { KEY_TAG } from '../../../core/contract/index.ts';
import type { MalformedCode } from '../../../core/feedback/open-envelope.ts';
import { DAY, SECOND, toIso } from '../../../core/instant.ts';
import { hashKey, type KeyHash } from '../../../core/messages/key-hash.ts';
import { Draw } from '../draw.ts';
import { enveloped, envelopedText, type Way } from './envelopes.ts';
import { poison } from './poison.ts';
import type { Fields, Person, Shape } from './shape.ts';
import { SHAPES } from './shapes.ts';

/** One message of the storm, before it is doubled and disordered, with what must come of it. */
export interface StormEvent {
  readonly way: Way;
  readonly body: string;
  /** When the queue took it, milliseconds since the epoch. */
  readonly sentAt: number;
  /** The rules that its lines must fall under; `unusable` for an unusable recipient. */
  readonly rules: readonly string[];
  /** The code it must be set aside with. */
  readonly code?: MalformedCode;
  /** It is about an item that another program wrote: no try can help, and the queue sets it aside in the end. */
  readonly isStuck?: true;
  /** It is about a mail that was sent with an idempotency key. */
  readonly keyed?: { readonly key: KeyHash; readonly messageId: string };
}

/** What decides every event of a storm. */
export interface StormSize {
  readonly seed: number;
  readonly events: number;
}

/** Nobody's clock: feedback of the storm is about half a year that began then. */
const START = Date.parse('2026-01-01T00:00:00.000Z');
const MAILS = 6;
const MAIL_EVERY = 25 * DAY;
const FUTURE = 400 * DAY;
const HOT = 16;
const NEARBY = 40;
const POISON = 0.02;
const SET_UP = 0.002;
const EVENTS_AN_ADDRESS = 8;
/** Addresses whose item another program has spoiled. */
const SPOILT = 8;

/** How many addresses the storm is about. */
const population = ({ events }: StormSize): number => Math.max(HOT * 2, Math.ceil(events / EVENTS_AN_ADDRESS));

const FORMS: readonly ((name: string, domain: string) => string)[] = [
  (name, domain) => `${name}@${domain}`,
  (name, domain) => `${name.toUpperCase()}@${domain.toUpperCase()}`,
  (name, domain) => `Pat Miller <${name}@${domain}.>`,
  (name, domain) => `"Miller, Pat" <${name}@${domain}>`,
];

/** People who are only delivered to: their feedback costs reads and no write. */
const isFine = (number: number): boolean => number % 3 === 0;

const nameOf = (number: number): readonly [string, string] =>
  number % 11 === 0 ? [`pat${number}`, 'bücher.example'] : [`pat${number}`, 'target.example'];

const keyOf = (number: number): string => nameOf(number).join('@').replace('bücher', 'xn--bcher-kva');

/** Address keys of items that another program has spoiled before the storm. */
export const spoiltAddresses = ({ events }: StormSize): readonly string[] =>
  Array.from({ length: events >= 1000 ? SPOILT : 1 }, (_, i) => `spoilt${i}@target.example`);

/** The event that has this ordinal is about a spoilt item. */
const spoiltBy = (size: StormSize, ordinal: number): string | undefined => {
  const addresses = spoiltAddresses(size);
  const every = Math.floor(size.events / addresses.length);
  return ordinal % every === Math.floor(every / 2) ? addresses[Math.floor(ordinal / every)] : undefined;
};

/** Most events are about somebody whose others come at about the same time; some about the few whom everybody mails. */
const numberOf = (size: StormSize, ordinal: number, draw: Draw): number => {
  const people = population(size);
  if (draw.is(0.05)) return draw.below(HOT);
  const near = Math.floor((ordinal / size.events) * people) + draw.below(2 * NEARBY) - NEARBY;
  return Math.min(people - 1, Math.max(0, near));
};

const personOf = (number: number, other: number, draw: Draw): Person => {
  const write = (who: number): string => draw.pick(FORMS)(...nameOf(who));
  return { key: keyOf(number), written: write(number), other: write(other === number ? number + 1 : other) };
};

const feedbackId = (ordinal: number, number: number, draw: Draw): Fields => {
  const kind = draw.next();
  if (kind < 0.1) return {};
  return { feedbackId: kind < 0.15 ? `feedback-of-${number}` : `feedback-${ordinal}` };
};

const messageOf = (
  shape: Shape,
  person: Person,
  ordinal: number,
  number: number,
  draw: Draw,
): { readonly message: Fields; readonly sentAt: number; readonly keyed: StormEvent['keyed'] } => {
  const mail = draw.below(MAILS);
  const acceptedAt = START + mail * MAIL_EVERY + (number % 1000) * 60 * SECOND;
  const after = draw.is(0.05) ? 0 : draw.below(MAIL_EVERY / SECOND) * SECOND;
  const sentAt = acceptedAt + after + draw.below(10) * SECOND;
  const told = draw.is(0.03) ? sentAt + FUTURE : draw.is(0.03) ? acceptedAt - DAY : acceptedAt + after;
  const isKeyed = ordinal % 50 === 7;
  const isEvent = isKeyed || shape.inBothFamilies === false || draw.is(0.7);
  const messageId = isKeyed ? `mail-${ordinal}` : `mail-${number}-${mail}`;
  const key = hashKey(`order-${ordinal}`);
  const tags = { ...shape.tags, ...(isKeyed ? { [KEY_TAG]: [key] } : {}) };
  const message = {
    [isEvent ? 'eventType' : 'notificationType']: shape.type,
    mail: {
      timestamp: toIso(acceptedAt),
      source: '"Ledger" <no-reply@ledger.example>',
      sourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/ledger.example',
      messageId,
      destination: shape.destination ?? [person.written],
      ...(shape.headers === undefined ? {} : { headers: shape.headers }),
      ...(isEvent ? { tags: { 'ses:configuration-set': ['ledger'], ...tags } } : { sourceIp: '192.0.2.7' }),
    },
    ...(shape.place === undefined
      ? {}
      : {
          [shape.place]: {
            ...shape.detail,
            ...(draw.is(0.97) ? { timestamp: toIso(told) } : {}),
            ...feedbackId(ordinal, number, draw),
          },
        }),
  };
  return { message, sentAt, keyed: isKeyed ? { key, messageId } : undefined };
};

const stuck = (address: string, ordinal: number): StormEvent => ({
  way: 'queue',
  body: JSON.stringify({
    eventType: 'Bounce',
    mail: { timestamp: toIso(START), messageId: `mail-${ordinal}`, destination: [address] },
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: address }],
      feedbackId: `feedback-${ordinal}`,
      timestamp: toIso(START),
    },
  }),
  sentAt: START,
  rules: ['hard-bounce'],
  isStuck: true,
});

/**
 * The event with this ordinal, from 0: the same for the same seed and number of events, whatever was asked before, so that no list
 * of them need be kept.
 */
export const eventOf = (size: StormSize, ordinal: number): StormEvent => {
  const spoilt = spoiltBy(size, ordinal);
  if (spoilt !== undefined) return stuck(spoilt, ordinal);
  const draw = new Draw(size.seed, ordinal);
  const at = START + draw.below(150) * DAY;
  if (draw.is(POISON)) {
    const { code, way, body } = poison(`poison-${ordinal}`, at, draw);
    return { way, body, sentAt: at, rules: [], code };
  }
  if (draw.is(SET_UP)) {
    const text = 'Successfully validated SNS topic for Amazon SES event publishing.';
    return { ...envelopedText(text, at, draw), sentAt: at, rules: ['other'] };
  }
  const number = numberOf(size, ordinal, draw);
  const person = personOf(number, numberOf(size, ordinal, draw), draw);
  const shape = draw.weighted(SHAPES[isFine(number) ? 'fine' : 'troubled']).make(person, draw);
  const { message, sentAt, keyed } = messageOf(shape, person, ordinal, number, draw);
  return {
    ...enveloped(message, sentAt, draw),
    sentAt,
    rules: shape.rules,
    ...(keyed === undefined ? {} : { keyed }),
  };
};
