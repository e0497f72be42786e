import { columns, figure, markdown } from './figure.ts';
import type { Measured } from './measured.ts';
import { measuredLine } from './measured.ts';
import { isWithin, type Row } from './row.ts';

/** What `npm run bench` found. */
export interface RowResults {
  readonly measured: Measured;
  readonly rows: readonly Row[];
}

const HEAD = ['what', 'value', 'floor', 'ratio', 'half of the rounds', 'budget', ''];
const LEFT = new Set([0, 4, 6]);

const noiseOf = ({ noise, budgetOf }: Row): string => {
  if (noise === null) return '';
  const sign = budgetOf === 'ratio' ? '×' : '';
  return `${sign}${figure(noise.low)} to ${sign}${figure(noise.high)} of ${noise.rounds}`;
};

const cellsOf = (row: Row): string[] => {
  const unit = row.unit === 'calls' ? '' : ` ${row.unit}`;
  return [
    row.name,
    `${figure(row.value)}${unit}`,
    row.floor === null ? '' : `${figure(row.floor)}${unit}`,
    row.ratio === null ? '' : `×${figure(row.ratio)}`,
    noiseOf(row),
    row.budgetOf === 'ratio' ? `×${figure(row.budget)}` : `${figure(row.budget)}${unit}`,
    isWithin(row) ? 'within' : '**over**',
  ];
};

/** The rows for a terminal. */
export const rowsText = (rows: readonly Row[]): string[] =>
  columns([HEAD, ...rows.map((row) => cellsOf(row).map((cell) => cell.replace('**over**', 'OVER')))], LEFT);

/** The rows for the page, with when and where they were measured. */
export const rowsPage = ({ measured, rows }: RowResults): string =>
  `${measuredLine(measured)}\n\n${markdown([HEAD, ...rows.map(cellsOf)], LEFT)}`;
