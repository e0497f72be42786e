import { readdirSync, readFileSync } from 'node:fs';
import { breaches, type CurveResults } from '../../bench/growth/curve.ts';
import { plot } from '../../bench/growth/plot.ts';
import { curvesPage } from '../../bench/growth/report.ts';
import { between, resultsText } from '../../bench/results.ts';
import { type RowResults, rowsPage } from '../../bench/rows-table.ts';

const read = (path: string): string => readFileSync(`${__dirname}/../../${path}`, 'utf8');
const page = read('docs/bench.md');
const rows = JSON.parse(read('bench/results/rows.json')) as RowResults;
const curves = JSON.parse(read('bench/results/curves.json')) as CurveResults;
const imageOf = (name: string): string => `images/bench-${name}.svg`;

test('the page shows the rows that were kept', () => {
  expect(between(page, 'rows', rowsPage(rows))).toBe(page);
});

test('the page shows the curves that were kept', () => {
  expect(between(page, 'curves', curvesPage(curves))).toBe(page);
});

test('what was kept is in the form in which it is kept', () => {
  expect([resultsText(rows), resultsText(curves)]).toEqual([
    read('bench/results/rows.json'),
    read('bench/results/curves.json'),
  ]);
});

test('every budget of the design has a row, but the one that takes minutes', () => {
  const names = rows.rows.map(({ name }) => name).join('\n');
  for (const part of [
    'read and decide',
    'import the feedback bundle',
    'import the send bundle',
    'BatchGetItem for 1,000 records',
    'PutItem for 1,000 records',
    'deliveries of clean addresses',
    'BatchGetItem for a send to 50',
    'SES calls for a send to 50',
    'heap kept from event 1,000 to 10,000',
    'npm start to the closed loop',
  ])
    expect(names).toContain(part);
});

test('every count that was kept is what its law says', () => {
  expect(curves.curves.flatMap(breaches)).toEqual([]);
});

test('the page shows every plot once, with its title, and no other', () => {
  const shown = [...page.matchAll(/!\[(.*?)\]\((images\/bench-.*?\.svg)\)/g)].map(([, title, image]) => [title, image]);
  expect(shown.toSorted()).toEqual(curves.curves.map(({ name, title }) => [title, imageOf(name)]).toSorted());
  const drawn = readdirSync(`${__dirname}/../../docs/images`).filter((file) => file.startsWith('bench-'));
  expect(drawn.map((file) => `images/${file}`).toSorted()).toEqual(
    curves.curves.map(({ name }) => imageOf(name)).toSorted(),
  );
});

test.each(curves.curves.map((curve) => [curve.name, curve] as const))(
  'the plot of %s is that of its figures',
  (name, curve) => {
    expect(plot(curve)).toBe(read(`docs/${imageOf(name)}`));
  },
);
