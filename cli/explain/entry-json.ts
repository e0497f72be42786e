import type { EntryKey } from '../../core/entry/entry.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Told } from './told.ts';

const timed = <T extends { readonly at: number }>(fact: T) => ({ ...fact, at: isoOrNull(fact.at) });

/** What an entry is and knows, by the attributes of the table, times in ISO 8601, null where there is none. */
export const entryFields = ({ entry, standing }: Pick<Told, 'entry' | 'standing'>) => {
  const { address, scope, evidence, deliveries, clearedAt, forgottenAt, operator } = entry;
  const { status, reason = null, since, until } = standing;
  return {
    address,
    scope,
    status,
    reason,
    since: isoOrNull(since),
    until: isoOrNull(until),
    evidence: evidence.map(timed),
    deliveries: deliveries.map(timed),
    clearedAt: isoOrNull(clearedAt),
    forgottenAt: isoOrNull(forgottenAt),
    operator: operator === undefined ? null : timed(operator),
  };
};

/** An entry with the attributes of the table. */
export const entryJson = (told: Told): string => {
  const { updatedAt = null, expiresAt, version } = told;
  return jsonLine({ ...entryFields(told), updatedAt, expiresAt: isoOrNull(expiresAt), version });
};

/** What stands for an address that the list knows nothing of in this scope. */
export const unknownJson = ({ address, scope }: EntryKey): string =>
  jsonLine({
    address,
    scope,
    status: null,
    reason: null,
    since: null,
    until: null,
    evidence: [],
    deliveries: [],
    clearedAt: null,
    forgottenAt: null,
    operator: null,
    updatedAt: null,
    expiresAt: null,
    version: null,
  });
