import { ruleOf } from '../../core/decisions/decide.ts';
import type { Entry, Evidence } from '../../core/entry/entry.ts';
import { printable } from '../output/printable.ts';
import { timeWords } from '../output/words.ts';
import { headline, type ReportOptions } from './headline.ts';
import { liftsOf, pinEnds } from './lifts.ts';
import { isOfOtherPolicy } from './other-policy.ts';
import { strikeWords } from './strike-words.ts';
import type { Told } from './told.ts';
import { weigher } from './weight.ts';

const facts = ({ type, subtype, status, messageId }: Evidence): string =>
  [
    subtype === undefined ? type : `${type} ${subtype}`,
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(messageId === undefined ? [] : [`message ${messageId}`]),
  ].join(', ');

const evidenceLines = (piece: Evidence, weight: string, { paint }: ReportOptions): string[] => {
  const rule = ruleOf(piece.rule);
  const { diagnostic, reported } = piece;
  return [
    `${timeWords(piece.at)}  ${paint.strong(printable(piece.rule))}: ${rule?.because ?? printable(piece.reason)}`,
    `  ${weight}`,
    `  ${printable(facts(piece))}`,
    ...(diagnostic === undefined ? [] : [`  the server said: ${printable(diagnostic)}`]),
    ...(reported === undefined ? [] : [`  reported for: ${printable(reported)}`]),
    ...(rule === undefined ? [] : [paint.faint(`  source: ${rule.source}`)]),
  ];
};

const ACTION = { add: 'added', allow: 'allowed', remove: 'removed' } as const;

const operatorLines = ({ operator, clearedAt, forgottenAt }: Entry): string[] => {
  const lines: string[] = [];
  if (operator !== undefined) {
    const by = operator.by === '' ? '' : ` by ${printable(operator.by)}`;
    const note = operator.note === '' ? '' : `: ${printable(operator.note)}`;
    lines.push(`${ACTION[operator.action]}${by} ${timeWords(operator.at)}${note}`);
  }
  if (clearedAt !== undefined) lines.push(`cleared ${timeWords(clearedAt)}: everything up to then is void`);
  if (forgottenAt !== undefined) lines.push(`texts up to ${timeWords(forgottenAt)} are forgotten`);
  return lines;
};

const section = (title: string, lines: readonly string[], { paint }: ReportOptions): string[] =>
  lines.length === 0 ? [] : ['', paint.strong(title), ...lines.map((line) => `  ${line}`)];

/** Why an entry stands as it does, for people. */
export const report = (told: Told, options: ReportOptions): string => {
  const { entry } = told;
  const weightOf = weigher(entry, options.policy, options.now);
  const lines = [
    headline(told, options),
    ...section(
      'Evidence',
      entry.evidence.flatMap((piece) => evidenceLines(piece, weightOf(piece), options)),
      options,
    ),
    ...section('Soft bounces', strikeWords(entry, options.policy), options),
    ...section('Operator', operatorLines(entry), options),
    ...section(
      'What would lift it',
      liftsOf(told, options).map(({ reason, words }) => `${reason}: ${words}`),
      options,
    ),
    ...section('What would end the pin', pinEnds(told), options),
    ...(isOfOtherPolicy(told, options.policy)
      ? [
          '',
          options.paint.notice(
            'The entry was written under another policy: what the list says of it holds until it changes again.',
          ),
        ]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
};
