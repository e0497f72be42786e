import { Draw } from '../draw.ts';

/** What decides every request of a storm. */
export interface SendStormSize {
  readonly seed: number;
  readonly sends: number;
}

/** One mail that somebody wants sent. */
export interface StormRequest {
  readonly ordinal: number;
  /** Address keys of its recipients. */
  readonly recipients: readonly string[];
  readonly stream: string | undefined;
  readonly key: string | undefined;
  /** The caller's own client sends it twice at the same time. */
  readonly isDoubled: boolean;
  /** The request itself. */
  readonly body: { readonly [field: string]: unknown };
}

/** One thing the list is to learn while mails are sent. */
export interface StormDecision {
  readonly ordinal: number;
  readonly address: string;
  /** Where it blocks; undefined if it blocks nobody. */
  readonly scope: string | undefined;
  readonly by: 'bounce' | 'complaint' | 'unsubscribe' | 'person' | 'expired' | 'strike' | 'delivery';
}

const SENDS_AN_ADDRESS = 5;
const KEYED = 0.35;
const STREAMS = ['receipts', 'newsletter'] as const;

/** How many addresses a storm mails. */
export const populationOf = ({ sends }: SendStormSize): number => Math.max(12, Math.ceil(sends / SENDS_AN_ADDRESS));

const keyOf = (number: number): string => `kim${number}@target.example`;

const FORMS: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => `Kim Lee <${address}>`,
  (address) => `KIM${address.slice(3)}`,
];

/** The subject by which a mail is known. */
export const subjectFor = (ordinal: number): string => `storm mail ${ordinal}`;

/** The ordinal in a mail's subject, or -1. */
export const ordinalIn = (text: string): number => Number(/storm mail (\d+)/.exec(text)?.[1] ?? -1);

/** The request with this ordinal: the same for the same seed, whatever was asked before. */
export const requestOf = (size: SendStormSize, ordinal: number): StormRequest => {
  const draw = new Draw(size.seed, 1, ordinal);
  const people = populationOf(size);
  const recipients = [...new Set(Array.from({ length: 1 + draw.below(3) }, () => keyOf(draw.below(people))))];
  const [first = '', ...others] = recipients.map((address) => draw.pick(FORMS)(address));
  const place = draw.pick(['to', 'cc', 'bcc']);
  const stream = draw.is(0.6) ? draw.pick(STREAMS) : undefined;
  const key = draw.is(KEYED) ? `order-${size.seed}-${ordinal}` : undefined;
  return {
    ordinal,
    recipients,
    stream,
    key,
    isDoubled: key !== undefined && draw.is(0.1),
    body: {
      from: 'Ledger <no-reply@ledger.example>',
      to: place === 'to' ? [first, ...others] : [first],
      ...(place === 'to' ? {} : { [place]: others }),
      subject: subjectFor(ordinal),
      text: 'Your statement is ready.',
      ...(stream === undefined ? {} : { stream }),
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(draw.is(0.1) ? { onSuppressed: 'reject' } : {}),
      ...(draw.is(0.05) ? { headers: { 'Message-ID': `<own-${ordinal}@ledger.example>` } } : {}),
    },
  };
};

const KINDS: readonly { readonly weight: number; readonly by: StormDecision['by'] }[] = [
  { weight: 4, by: 'bounce' },
  { weight: 3, by: 'complaint' },
  { weight: 3, by: 'unsubscribe' },
  { weight: 3, by: 'person' },
  { weight: 1, by: 'expired' },
  { weight: 2, by: 'strike' },
  { weight: 2, by: 'delivery' },
];

/** The decision with this ordinal. About one for every second address, spread over the storm. */
export const decisionOf = (size: SendStormSize, ordinal: number): StormDecision => {
  const draw = new Draw(size.seed, 2, ordinal);
  const { by } = draw.weighted(KINDS);
  const address = keyOf(draw.below(populationOf(size)));
  const scope = by === 'unsubscribe' || (by === 'person' && draw.is(0.5)) ? draw.pick(STREAMS) : '*';
  const blocks = by === 'bounce' || by === 'complaint' || by === 'unsubscribe' || by === 'person';
  return { ordinal, address, by, scope: blocks ? scope : undefined };
};
