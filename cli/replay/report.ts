import type { Standing } from '../../core/entry/derive.ts';
import type { EntryKey } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import type { Difference, ReplayMode } from '../../core/replay/difference.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { counted, scopeWords, untilWords } from '../output/words.ts';
import type { ReplayTally } from './tally.ts';

/** What became of entries. */
export interface Outcome {
  /** Entries with another status, reason or end. */
  changed: number;
  /** Entries that get other evidence, and stand as before. */
  learnt: number;
  unchanged: number;
  /** Entries that cannot be read. */
  unreadable: number;
  /** Entries that were written; null: nothing was to be written. */
  written: number | null;
}

const standingWords = (standing: Standing | undefined, now: Instant): string => {
  if (standing === undefined) return 'not listed';
  const { status, reason, until } = standing;
  if (status !== 'suppressed') return status;
  return `${status} (${printable(reason ?? 'no reason')}) ${untilWords(until, now)}`;
};

/** One difference, for people. */
export const differenceLine = (
  { address, scope }: EntryKey,
  { before, after }: Difference,
  now: Instant,
  paint: Paint,
): string => {
  const colour = after.status === 'suppressed' ? paint.bad : paint.good;
  const [from, to] = [standingWords(before, now), standingWords(after, now)];
  return `  ${printable(address)} ${scopeWords(scope)}: ${from} → ${colour(to)}\n`;
};

const standingJson = (standing: Standing | undefined) => {
  if (standing === undefined) return null;
  const { status, reason = null, since, until } = standing;
  return { status, reason, since: isoOrNull(since), until: isoOrNull(until) };
};

/** One difference as JSON. */
export const differenceJson = ({ address, scope }: EntryKey, { kind, before, after }: Difference): string =>
  jsonLine({ address, scope, change: kind, before: standingJson(before), after: standingJson(after) });

/** What was read and what came of it, as JSON. */
export const summaryJson = (mode: ReplayMode, tally: ReplayTally, outcome: Outcome): string => {
  const { messages, malformed, decisions } = tally;
  return jsonLine({ replay: mode, messages, malformed, decisions: Object.fromEntries(decisions), ...outcome });
};

const DEPLOY =
  'Deploy this policy as well: what comes in is decided, and its entries are derived, by the policy that is deployed. Only entries that these messages are about were looked at.\n';

const entryWords = (outcome: Outcome): string => {
  const { changed, learnt, unchanged, unreadable, written } = outcome;
  const of = changed + learnt + unchanged + unreadable;
  if (of === 0) return '';
  const would = written === null ? 'would be' : 'were';
  const unread = unreadable === 0 ? '' : `, ${unreadable} cannot be read`;
  return `Entries: ${changed} ${would} changed, ${learnt} get other evidence only, ${unchanged} stay as they are${unread}.\n`;
};

/** What was read and what came of it, for people. */
export const summary = (mode: ReplayMode, tally: ReplayTally, outcome: Outcome, hidden: number): string => {
  const { messages, malformed, decisions } = tally;
  const more = hidden > 0 ? `  … and ${hidden} more; --json names all\n` : '';
  const bad = malformed === 0 ? '' : `, ${malformed} of them unreadable`;
  const rules = decisions.length === 0 ? '' : `Decided: ${decisions.map(([rule, n]) => `${rule} ${n}`).join(', ')}.\n`;
  const { written, changed, learnt } = outcome;
  const end =
    written !== null
      ? `${written} written.\n`
      : changed + learnt === 0
        ? ''
        : 'Nothing was written; --yes writes it.\n';
  return [
    more,
    `${counted(messages, 'message')}${bad}.\n${rules}`,
    `${entryWords(outcome)}${end}`,
    mode === 'rebuild' ? DEPLOY : '',
  ].join('');
};
