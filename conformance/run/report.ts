import { LEVELS } from './level.ts';
import type { Count, Difference, Score } from './score.ts';

const cell = (count: Count | undefined): string => {
  if (count === undefined) return '';
  const { passed, failed, unsupported } = count;
  if (passed + failed === 0) return '–';
  return `${passed}/${passed + failed + unsupported}${unsupported > 0 ? ` (${unsupported} –)` : ''}`;
};

const summed = (counts: readonly Count[]): Count | undefined => {
  const [first] = counts;
  const sum = (name: 'passed' | 'failed' | 'unsupported') => counts.reduce((total, count) => total + count[name], 0);
  return first && { ...first, passed: sum('passed'), failed: sum('failed'), unsupported: sum('unsupported') };
};

/** The table of cases passed, a row a theme and a column a level; `–` is what the runner does not support. */
export const table = ({ counts }: Score): string => {
  const levels = LEVELS.filter((level) => counts.some((count) => count.level === level));
  const themes = [...new Set(counts.map(({ theme }) => theme))];
  const row = (name: string, of: readonly Count[]) => [
    name,
    ...levels.map((level) => cell(summed(of.filter((count) => count.level === level)))),
  ];
  const rows = [
    ['theme', ...levels],
    ...themes.map((theme) =>
      row(
        theme,
        counts.filter((count) => count.theme === theme),
      ),
    ),
    row('all', counts),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0))) ?? [];
  return rows
    .map((cells) =>
      cells
        .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const difference = ({ id, level, title, mismatches }: Difference): string =>
  [
    `${id} (${level}): ${title}`,
    ...mismatches.flatMap(({ at, expected, got }) => [
      `  ${at}`,
      `    expected ${shown(expected)}`,
      `    got      ${shown(got)}`,
    ]),
  ].join('\n');

/** What differs, for people: the first so many cases, then how many more there are. */
export const differencesText = ({ differences, breaches }: Score, most: number): string => {
  const left = differences.length - most;
  return [
    ...breaches.map((breach) => `contract: ${breach}`),
    ...differences.slice(0, most).map(difference),
    ...(left > 0 ? [`and ${left} more; --show ${differences.length} prints them all`] : []),
  ].join('\n');
};
