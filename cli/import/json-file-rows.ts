import { columnKey } from '../../core/import/columns.ts';
import { isEntryRow } from '../../core/import/entry-row.ts';
import type { Item } from '../../core/import/import-batch.ts';
import { JsonRows, type JsonText } from '../../core/import/json-rows.ts';
import type { Rows } from './rows.ts';

const LONGEST_ROW = 1_000_000;
/** Rows that are looked at for the names of columns: one may lack what others have. */
const HEAD = 100;

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value)
    ? value.map(cellOf).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
};

const problem = ({ line, text }: JsonText, code: 'NotJson' | 'NotAnObject' | 'TooLong', message: string): Item => ({
  kind: 'problem',
  line,
  raw: () => text ?? '',
  problem: { code, message },
});

const itemOf = (found: JsonText, names: Set<string>): Item => {
  const { line, text } = found;
  if (text === null) return problem(found, 'TooLong', `longer than ${LONGEST_ROW} characters`);
  let value: object;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    return problem(found, 'NotJson', `expected a JSON object: ${(fault as Error).message}`);
  }
  if (isEntryRow(value)) return { kind: 'entry', line, raw: () => text, value };
  const row: Record<string, string> = {};
  for (const [name, each] of Object.entries(value)) {
    names.add(name);
    row[columnKey(name)] = cellOf(each);
  }
  return { kind: 'row', line, raw: () => text, row };
};

/**
 * Rows of JSON while it arrives: NDJSON, a list, or what an API of a provider answers.
 *
 * @param start - the beginning of the text, which `rest` goes on
 */
export const jsonRows = async (start: string, rest: AsyncIterable<string>): Promise<Rows> => {
  const names = new Set<string>();
  const all = async function* (): AsyncGenerator<Item> {
    const rows = new JsonRows(LONGEST_ROW);
    for (const each of rows.take(start)) yield itemOf(each, names);
    for await (const piece of rest) for (const each of rows.take(piece)) yield itemOf(each, names);
    for (const each of rows.end()) yield itemOf(each, names);
  };
  const items = all();
  const head: Item[] = [];
  while (head.length < HEAD) {
    const { done, value } = await items.next();
    if (done) break;
    head.push(value);
  }
  const known = [...names];
  const again = async function* (): AsyncGenerator<Item> {
    yield* head;
    yield* items;
  };
  const ownEntries = head.some(({ kind }) => kind === 'entry');
  return { form: 'JSON', names: known, ownEntries, items: again() };
};
