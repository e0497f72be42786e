import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCorpus } from '../../conformance/corpus/load.ts';

/** Where the corpus lies. */
export const FOLDER = join(__dirname, '../../conformance');

/** One file as it is, not yet read as what it should be. */
export const rawFile = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

/** Every file with cases there is, whether the manifest names it or not. */
export const filesThere = (): string[] => [
  ...['cases', 'sequences'].flatMap((folder) => readdirSync(join(FOLDER, folder)).map((name) => `${folder}/${name}`)),
  'addresses.json',
];

export const corpus = loadCorpus(FOLDER);

/** Every string in a value, keys of objects among them. */
export const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsIn(inner)]);
};
