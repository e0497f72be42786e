import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BLOCKING_REASONS,
  type DeliveryFact,
  type Evidence,
  type OperatorDecision,
  type Reason,
} from '../core/entry/entry.ts';
import { toIso } from '../core/instant.ts';
import { quote } from '../core/text.ts';
import { type Attributes, readInstant, readText, texts } from './attributes.ts';
import { EntryUnreadable } from './entry-unreadable.ts';

const REASONS: ReadonlySet<string> = new Set<Reason>([...BLOCKING_REASONS, 'not-spam', 'opted-in']);
const ACTIONS: ReadonlySet<string> = new Set<OperatorDecision['action']>(['remove', 'allow', 'add']);

const isReason = (value: string): value is Reason => REASONS.has(value);
const isAction = (value: string): value is OperatorDecision['action'] => ACTIONS.has(value);

const needed = <T>(value: T | undefined, where: string, expected: string): T => {
  if (value === undefined)
    throw new EntryUnreadable(`${where} is not ${expected}; the entry is left as it is until it can be read`);
  return value;
};

/** The elements of a list attribute; an absent list is empty. */
const elements = (list: AttributeValue | undefined, name: string): Attributes[] => {
  if (list === undefined) return [];
  return needed(list.L, name, 'a list').map((element, i) => needed(element.M, `${name}[${i}]`, 'a map'));
};

const encodeEvidence = ({ at, ...told }: Evidence): AttributeValue => ({ M: texts({ ...told, at: toIso(at) }) });

const decodeEvidence = (map: Attributes, where: string): Evidence => {
  const reason = needed(readText(map, 'reason'), `${where}.reason`, 'text');
  if (!isReason(reason))
    throw new EntryUnreadable(
      `${where}.reason ${quote(reason)} is not known to this version; deploy the version that wrote it, or a newer one`,
    );
  const evidence: { -readonly [name in keyof Evidence]: Evidence[name] } = {
    id: needed(readText(map, 'id'), `${where}.id`, 'text'),
    at: needed(readInstant(map, 'at'), `${where}.at`, 'an ISO 8601 time'),
    rule: needed(readText(map, 'rule'), `${where}.rule`, 'text'),
    reason,
    type: needed(readText(map, 'type'), `${where}.type`, 'text'),
  };
  for (const name of ['subtype', 'status', 'messageId', 'diagnostic', 'reported'] as const)
    if (map[name] !== undefined) evidence[name] = needed(readText(map, name), `${where}.${name}`, 'text');
  return evidence;
};

/** Evidence as a list of maps, times in ISO 8601, absent fields left out. */
export const encodeEvidenceList = (evidence: readonly Evidence[]): AttributeValue => ({
  L: evidence.map(encodeEvidence),
});

/** @throws EntryUnreadable if one piece cannot be read whole; attributes nobody knows are ignored */
export const decodeEvidenceList = (list: AttributeValue | undefined): Evidence[] =>
  elements(list, 'evidence').map((map, i) => decodeEvidence(map, `evidence[${i}]`));

/** Deliveries as a list of maps of `at` (ISO 8601) and `messageId`. */
export const encodeDeliveries = (deliveries: readonly DeliveryFact[]): AttributeValue => ({
  L: deliveries.map(({ at, messageId }) => ({ M: texts({ at: toIso(at), messageId }) })),
});

/** @throws EntryUnreadable if one cannot be read whole */
export const decodeDeliveries = (list: AttributeValue | undefined): DeliveryFact[] =>
  elements(list, 'deliveries').map((map, i) => ({
    at: needed(readInstant(map, 'at'), `deliveries[${i}].at`, 'an ISO 8601 time'),
    messageId: readText(map, 'messageId') ?? '',
  }));

/** An operator's decision as a map of `action`, `at` (ISO 8601), `by` and `note`. */
export const encodeOperator = ({ action, at, by, note }: OperatorDecision): AttributeValue => ({
  M: texts({ action, at: toIso(at), by, note }),
});

/** @throws EntryUnreadable if it is there and cannot be read whole */
export const decodeOperator = (value: AttributeValue | undefined): OperatorDecision | undefined => {
  if (value === undefined) return undefined;
  const map = needed(value.M, 'operator', 'a map');
  const action = needed(readText(map, 'action'), 'operator.action', 'text');
  if (!isAction(action)) throw new EntryUnreadable(`operator.action ${quote(action)} is not remove, allow or add`);
  const at = needed(readInstant(map, 'at'), 'operator.at', 'an ISO 8601 time');
  return { action, at, by: readText(map, 'by') ?? '', note: readText(map, 'note') ?? '' };
};
