import { dirname } from 'node:path';

/** What this reads of a report: https://github.com/stryker-mutator/mutation-testing-elements, the JSON schema. */
export interface Report {
  readonly files: { readonly [file: string]: { readonly mutants: readonly { readonly status: string }[] } };
}

const STATUSES = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'] as const;
type Counts = { readonly [status in (typeof STATUSES)[number]]: number };

const countsOf = (statuses: readonly string[]): Counts => {
  const other = statuses.find((status) => !(STATUSES as readonly string[]).includes(status));
  if (other !== undefined) throw new Error(`a mutant ended as ${other}, which this table has no column for`);
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
  return Object.fromEntries(STATUSES.map((status) => [status, count(status)])) as Counts;
};

const row = (name: string, statuses: readonly string[]): string => {
  const { Killed, Timeout, Survived, NoCoverage, Ignored } = countsOf(statuses);
  const tried = Killed + Timeout + Survived + NoCoverage;
  const score = tried === 0 ? '' : `${((100 * (Killed + Timeout)) / tried).toFixed(1)} %`;
  return `| ${[name, tried, Killed, Timeout, Survived, NoCoverage, Ignored, score].join(' | ')} |`;
};

/**
 * The scores of one or more reports as a Markdown table, a row a folder.
 *
 * @throws Error if a mutant neither lived nor died, so that no column is right for it
 */
export const mutationTable = (reports: readonly Report[]): string => {
  const folders = new Map<string, string[]>();
  for (const { files } of reports)
    for (const [file, { mutants }] of Object.entries(files)) {
      const statuses = folders.get(dirname(file)) ?? [];
      folders.set(dirname(file), [...statuses, ...mutants.map(({ status }) => status)]);
    }
  return [
    '| folder | mutants | killed | timeout | survived | no coverage | left alone | score |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...[...folders].sort(([a], [b]) => a.localeCompare(b)).map(([folder, statuses]) => row(folder, statuses)),
    row('**all**', [...folders.values()].flat()),
  ].join('\n');
};
