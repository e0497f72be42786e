import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const inTree = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The page that shows what was measured. */
export const PAGE = inTree('docs/bench.md');
/** Where the plots are that the page shows. */
export const IMAGES = inTree('docs/images/');
/** The kept results: one file a program, the newest run; older ones are in the history of the file. */
export const RESULTS = {
  rows: inTree('bench/results/rows.json'),
  curves: inTree('bench/results/curves.json'),
} as const;

/** A figure with as many digits as mean something; counts stay whole. */
const short = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

/** Results as they are kept: figures to four digits, so that a file can be read and compared. */
export const resultsText = (results: unknown): string => `${JSON.stringify(results, short, 2)}\n`;

export const saveResults = (file: string, results: unknown): Promise<void> => writeFile(file, resultsText(results));

export const readResults = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

/**
 * A page with another text between the two comments of this name.
 *
 * @throws if the page has no such place
 * @example between('a <!-- rows -->old<!-- /rows --> b', 'rows', 'new') // 'a <!-- rows -->\nnew\n<!-- /rows --> b'
 */
export const between = (page: string, name: string, text: string): string => {
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`the page has no place between ${from} and ${to}`);
  return `${page.slice(0, start + from.length)}\n${text}\n${page.slice(end)}`;
};

/** Writes texts into their places of the page. */
export const writePage = async (texts: Readonly<Record<string, string>>): Promise<void> => {
  const page = await readFile(PAGE, 'utf8');
  const written = Object.entries(texts).reduce((text, [name, part]) => between(text, name, part), page);
  await writeFile(PAGE, written);
};
