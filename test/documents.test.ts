import { readFileSync } from 'node:fs';
import { Attribute, DEFAULT_POLICY } from '../core/contract/index.ts';
import { RULES } from '../core/decisions/rules.ts';
import { REQUEST_FIELDS } from '../core/send/request.ts';
import { ConfigurationSchema } from '../lib/configuration.ts';

const read = (name: string): string => readFileSync(`${__dirname}/../${name}`, 'utf8');
/** What stands in the first column of every table of a document, in order. */
const firstColumn = (document: string): string[] =>
  [...document.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );

test('documents every rule of the decision table, in its order', () => {
  const rules = new Set<string>(RULES.map(({ id }) => id));
  expect(firstColumn(read('docs/decisions.md')).filter((name) => rules.has(name))).toEqual([...rules]);
});

test('documents every setting of the policy', () => {
  expect(firstColumn(read('docs/decisions.md'))).toEqual(expect.arrayContaining(Object.keys(DEFAULT_POLICY)));
});

test('documents every attribute of the table, and none that is not there', () => {
  const [suppressions = ''] = read('docs/table.md').split('## The table of sends');
  expect(firstColumn(suppressions).sort()).toEqual(Object.values(Attribute).sort());
});

test('documents every setting of the configuration, and none that is not there', () => {
  expect(firstColumn(read('docs/configuration.md')).sort()).toEqual(Object.keys(ConfigurationSchema.entries).sort());
});

test('documents every field of a send request', () => {
  expect(firstColumn(read('docs/sending.md'))).toEqual(expect.arrayContaining([...REQUEST_FIELDS]));
});
