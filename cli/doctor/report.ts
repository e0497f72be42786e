import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { byGroup } from './by-group.ts';
import type { Finding, FindingStatus } from './finding.ts';
import { summaryOf } from './summary.ts';

const LABELS: Readonly<Record<Exclude<FindingStatus, 'not-checked-locally'>, string>> = {
  ok: 'ok',
  wrong: 'WRONG',
  note: 'note',
  unknown: '?',
};
const WIDTH = Math.max(...Object.values(LABELS).map((label) => label.length));
const INDENT = ' '.repeat(WIDTH + 4);

/** An ARN is long, and its end says it. */
export const short = (about: string): string => printable(about.replace(/^arn:[^ ]*:/, ''));

const colourOf = (status: FindingStatus, paint: Paint) =>
  ({ ok: paint.good, wrong: paint.bad, note: paint.notice, unknown: paint.notice, 'not-checked-locally': paint.faint })[
    status
  ];

const lines = (finding: Finding, paint: Paint): string[] => {
  const { status, check, about, message, fix } = finding;
  if (status === 'not-checked-locally') return [];
  const label = colourOf(status, paint)(LABELS[status].padEnd(WIDTH));
  const text = `${short(about)} ${printable(message)}`;
  return [
    `  ${label}  ${status === 'wrong' ? paint.strong(text) : text}  ${paint.faint(check)}`,
    ...(fix === null ? [] : [`${INDENT}→ ${printable(fix)}`]),
  ];
};

const notLocal = (findings: readonly Finding[], paint: Paint): string[] => {
  const names = findings.filter(({ status }) => status === 'not-checked-locally').map(({ check }) => check);
  return names.length === 0
    ? []
    : [paint.faint(`  ${'-'.padEnd(WIDTH)}  not checked locally: ${[...new Set(names)].join(', ')}`)];
};

const summary = (findings: readonly Finding[], paint: Paint): string => {
  const { standing, head, rest } = summaryOf(findings);
  return `${{ good: paint.good, unknown: paint.notice, bad: paint.bad }[standing](head)}; ${rest}.`;
};

/**
 * What was found, as a person reads it: by group, a line each, and what to do below those that need it.
 *
 * @example report(findings, PLAIN) // 'Account\n  ok     us-east-1 has SES  region\n…'
 */
export const report = (findings: readonly Finding[], paint: Paint): string => {
  const parts = byGroup(findings).map(([group, here]) =>
    [paint.strong(group), ...here.flatMap((each) => lines(each, paint)), ...notLocal(here, paint)].join('\n'),
  );
  return `${parts.join('\n\n')}\n\n${summary(findings, paint)}\n`;
};
