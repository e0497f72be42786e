import type { BlockingReason } from '../entry/entry.ts';
import { columnKey } from './columns.ts';

/** Reasons an import may bring; holds and strikes rest on events that no export has. */
export const IMPORT_REASONS = [
  'hard-bounce',
  'complaint',
  'unsubscribe',
  'manual',
  'account-list',
] as const satisfies readonly BlockingReason[];

export type ImportReason = (typeof IMPORT_REASONS)[number];

/** What a row says of its address: a reason to block, or that there is none. */
export type Meaning = ImportReason | 'no-suppression';

const WORDS: Readonly<Record<string, Meaning>> = {
  hardbounce: 'hard-bounce',
  hardbounced: 'hard-bounce',
  hard: 'hard-bounce',
  bounce: 'hard-bounce',
  bounces: 'hard-bounce',
  bounced: 'hard-bounce',
  permanent: 'hard-bounce',
  permanentfail: 'hard-bounce',
  invalid: 'hard-bounce',
  invalidemail: 'hard-bounce',
  bademailaddress: 'hard-bounce',
  complaint: 'complaint',
  complaints: 'complaint',
  complained: 'complaint',
  spamcomplaint: 'complaint',
  spamreport: 'complaint',
  spamreports: 'complaint',
  spam: 'complaint',
  abuse: 'complaint',
  unsubscribe: 'unsubscribe',
  unsubscribes: 'unsubscribe',
  unsubscribed: 'unsubscribe',
  unsub: 'unsubscribe',
  optout: 'unsubscribe',
  manual: 'manual',
  manualsuppression: 'manual',
  custom: 'manual',
  blacklist: 'manual',
  blacklisted: 'manual',
  accountlist: 'account-list',
  softbounce: 'no-suppression',
  soft: 'no-suppression',
  transient: 'no-suppression',
  temporary: 'no-suppression',
  block: 'no-suppression',
  blocks: 'no-suppression',
  blocked: 'no-suppression',
  deferred: 'no-suppression',
  deferral: 'no-suppression',
};

/**
 * What a word for a reason means, in whatever spelling.
 *
 * @returns undefined for a word nobody knows
 * @example meaningOf('SpamComplaint') // 'complaint'
 */
export const meaningOf = (word: string): Meaning | undefined => {
  const key = columnKey(word);
  return Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
};
