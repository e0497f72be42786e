import { EVERYWHERE, type Policy } from '../../core/contract/index.ts';
import { ruleOf } from '../../core/decisions/decide.ts';
import { blocks, derive, type Standing } from '../../core/entry/derive.ts';
import type { Entry, Evidence } from '../../core/entry/entry.ts';
import { reasonsInForce } from '../../core/entry/in-force.ts';
import { type Instant, toEpochSeconds } from '../../core/instant.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { scopeWords, timeWords, untilWords } from '../output/words.ts';
import { strikeWords } from './strike-words.ts';
import type { Told } from './told.ts';
import { weigher } from './weight.ts';
import { whatLifts } from './what-lifts.ts';

/** How an explanation is written. */
export interface ReportOptions {
  readonly policy: Policy;
  readonly now: Instant;
  readonly paint: Paint;
}

const headline = ({ entry, standing }: Told, { now, paint }: ReportOptions): string => {
  const address = paint.strong(printable(entry.address));
  const scope = `(scope ${printable(entry.scope)})`;
  const { status, reason = 'no reason given', since, until } = standing;
  const began = since === undefined ? '' : `, since ${timeWords(since)}`;
  if (blocks(standing, now)) {
    const where = scopeWords(entry.scope);
    return `${address} is ${paint.bad('suppressed')} ${where}: ${printable(reason)}${began}, ${untilWords(until, now)}.`;
  }
  if (status === 'suppressed')
    return `${address} is ${paint.good('no longer suppressed')} ${scope}: the hold for ${printable(reason)} ${untilWords(until, now)}.`;
  if (status === 'allowed') return `${address} is ${paint.good('allowed')} ${scope} by an operator${began}.`;
  return `${address} is ${paint.good('not suppressed')} ${scope}; the list only remembers what happened.`;
};

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

const liftLines = ({ entry, standing }: Told, { policy, now }: ReportOptions): string[] => {
  if (!blocks(standing, now)) return [];
  return reasonsInForce(entry, policy)
    .filter(({ until }) => until === null || until > now)
    .map((each) => `${each.reason}: ${whatLifts(each, now)}`);
};

/** A pin has no end of its own. */
const endLines = ({ entry, standing }: Told): string[] =>
  standing.status === 'allowed'
    ? [
        'a complaint or an unsubscribe that comes after it, or an operator who removes or adds the address',
        ...(entry.scope === EVERYWHERE ? ['it does not lift what blocks the address in one stream'] : []),
      ]
    : [];

const end = ({ until }: Standing): number | undefined => (until === undefined ? undefined : toEpochSeconds(until));

/** A table written under another policy says other things than the policy at hand would; what it says is what holds. */
const differs = ({ entry, standing }: Told, policy: Policy): boolean => {
  const derived = derive(entry, policy);
  return derived.status !== standing.status || derived.reason !== standing.reason || end(derived) !== end(standing);
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
    ...section('What would lift it', liftLines(told, options), options),
    ...section('What would end the pin', endLines(told), options),
    ...(differs(told, options.policy)
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
