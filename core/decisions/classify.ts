import type { Address, AddressCode } from '../address/address.ts';
import type { DecisionRule, Policy } from '../contract/index.ts';
import type { FeedbackEvent } from '../feedback/event.ts';
import type { MalformedCode, Opened } from '../feedback/open-envelope.ts';
import { type Reading, readMessage } from '../feedback/read-message.ts';
import type { Problem } from '../result.ts';
import { cleanText } from '../text.ts';
import { type Decision, decide } from './decide.ts';

/** What was decided about one recipient, or about a message that is about none. */
export interface Verdict {
  /** SES's type. */
  readonly type: string;
  readonly address: Address | null;
  readonly decision: Decision;
  /** The event behind it; undefined where there is no recipient to hold it against. */
  readonly event: FeedbackEvent | undefined;
}

/** One recipient whose address cannot be used, beside good ones. */
export interface Unusable {
  readonly type: string;
  readonly problem: Problem<AddressCode>;
}

/** What became of one message. */
export type Classified =
  | { readonly kind: 'decided'; readonly type: string; readonly lines: readonly (Verdict | Unusable)[] }
  | { readonly kind: 'malformed'; readonly problem: Problem<MalformedCode> };

const TYPE_CHARS = 64;

/** Tells a verdict from an unusable recipient. */
export const isVerdict = (line: Verdict | Unusable): line is Verdict => 'decision' in line;

const nobody = (type: string, rule: DecisionRule, reason: string): Verdict => ({
  type,
  address: null,
  decision: { rule, effect: 'none', reason, scope: null, until: null },
  event: undefined,
});

const line = (reading: Reading, type: string, policy: Policy): Verdict | Unusable => {
  if (reading.kind === 'unusable') return { type, problem: reading.problem };
  if (reading.kind === 'foreign') return nobody(type, 'foreign-recipient', 'foreign-recipient');
  const { event } = reading;
  return { type, address: event.recipient, decision: decide(event, policy), event };
};

/**
 * Reads an opened message and decides about each recipient. The one way from SES's words to decisions, for the
 * function, the command line and everybody else.
 *
 * @returns at least one line for every message that is not malformed
 * @example openEnvelope(body).map((opened) => classify(opened, DEFAULT_POLICY))
 */
export const classify = (opened: Opened, policy: Policy): Classified => {
  if (opened.kind === 'malformed') return opened;
  const type = cleanText(opened.type, TYPE_CHARS);
  if (opened.kind === 'notice') return { kind: 'decided', type, lines: [nobody(type, 'other', type)] };
  const read = readMessage(opened);
  if (!read.ok) return { kind: 'malformed', problem: read.error };
  const lines = read.value.map((reading) => line(reading, type, policy));
  return { kind: 'decided', type, lines: lines.length > 0 ? lines : [nobody(type, 'other', type)] };
};
