import { blocks, type Standing } from '../../core/entry/derive.ts';
import type { EntryKey, OperatorDecision } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import type { Told } from '../../core/ledger/last-word.ts';
import { quote } from '../../core/text.ts';
import type { CliError } from '../cli-error.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { scopeWords, timeWords } from '../output/words.ts';
import type { GivenAddress } from './given-addresses.ts';

/** What a command says of one entry it was about. */
export interface Decision {
  readonly action: OperatorDecision['action'];
  readonly key: EntryKey;
  readonly told: Told;
}

/** What became of one entry, and how it stands now. */
export const decisionJson = ({ action, key: { address, scope }, told: { outcome, derived } }: Decision): string => {
  const { status, reason = null, since, until } = derived;
  const times = { since: isoOrNull(since), until: isoOrNull(until) };
  return jsonLine({ address, scope, action, outcome, status, reason, ...times });
};

/** An entry that could not be changed. */
export const failedJson = ({ address, scope }: EntryKey, action: string, { code, message }: CliError): string =>
  jsonLine({ address, scope, action, error: { code, message } });

/** A text that is no address. */
export const unusableJson = ({ given, problem }: GivenAddress & { readonly ok: false }, action: string): string =>
  jsonLine({ address: null, given, action, error: problem });

/** A text that is no address, for people. */
export const unusableWords = ({ given, problem }: GivenAddress & { readonly ok: false }, paint: Paint): string =>
  `${quote(given)}  ${paint.notice('no address')}: ${printable(problem.message)}\n`;

/** What stood before, in brackets; empty if nothing did. */
export const beforeWords = (before: Standing | undefined, now: Instant): string => {
  if (before === undefined) return '';
  const { status, reason = 'no reason given', since } = before;
  const began = since === undefined ? '' : ` since ${timeWords(since)}`;
  if (blocks(before, now)) return ` (was suppressed: ${printable(reason)}${began})`;
  return status === 'allowed' ? ` (was allowed${began})` : '';
};

/** That an entry is as it is wanted. */
export const doneWords = ({ action, key, told }: Decision, paint: Paint): string => {
  const where = scopeWords(key.scope);
  const address = paint.strong(printable(key.address));
  const already = told.outcome === 'unchanged' ? 'already ' : '';
  switch (action) {
    case 'add':
      return `${address} is ${already}${paint.bad('suppressed')} ${where}, without end`;
    case 'allow':
      return `${address} is ${already}${paint.good('allowed')} ${where}, whatever bounces`;
    case 'remove':
      return `${address} is ${already}${paint.good('removed')} ${where}`;
  }
};
