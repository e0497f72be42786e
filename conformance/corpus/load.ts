import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Case, CorpusFile, Manifest } from './format.ts';

/** The whole corpus. */
export interface Corpus {
  readonly version: string;
  /** In the order of the files, and within each as written. */
  readonly cases: readonly Case[];
}

const describe = (issue: v.BaseIssue<unknown>): string => `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`;

const parsed = async <S extends v.GenericSchema>(
  schema: S,
  folder: string,
  name: string,
): Promise<v.InferOutput<S>> => {
  const read = v.safeParse(schema, JSON.parse(await readFile(join(folder, name), 'utf8')));
  if (read.success) return read.output;
  throw new Error(`${name} is not in the form of schema.json: ${read.issues.map(describe).join('; ')}`);
};

const casesOf = ({ theme, ...file }: CorpusFile): Case[] => {
  switch (file.kind) {
    case 'messages':
      return file.cases.map((each) => ({ theme, kind: file.kind, ...each }));
    case 'addresses':
      return file.cases.map((each) => ({ theme, kind: file.kind, ...each }));
    case 'sequences':
      return file.cases.map((each) => ({ theme, kind: file.kind, ...each }));
  }
};

/**
 * Reads the corpus that lies in a folder.
 *
 * @throws Error that names the file and the place in it, if one is missing or has not the form of `schema.json`
 * @example const { version, cases } = await loadCorpus('conformance')
 */
export const loadCorpus = async (folder: string): Promise<Corpus> => {
  const { version, files } = await parsed(Manifest, folder, 'corpus.json');
  const cases: Case[] = [];
  for (const name of files) cases.push(...casesOf(await parsed(CorpusFile, folder, name)));
  return { version, cases };
};
