import { InvalidArgumentError } from 'commander';
import { type Columns, FIELDS } from '../../core/import/columns.ts';

const isField = (name: string): name is (typeof FIELDS)[number] => FIELDS.some((field) => field === name);

/** Cuts at commas that are not within double quotes. */
const parts = (given: string): string[] => given.match(/(?:[^,"]|"[^"]*")+/g) ?? [];

/**
 * Which column says what, as given to `--map`.
 *
 * @example mapOption('address=Email,at="Created At"') // { address: 'Email', at: 'Created At' }
 */
export const mapOption = (given: string, earlier?: Columns): Columns => {
  const map: Partial<Record<(typeof FIELDS)[number], string>> = { ...earlier };
  for (const part of parts(given)) {
    const at = part.indexOf('=');
    const field = part.slice(0, Math.max(at, 0)).trim();
    const column = part
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (!isField(field) || column === '')
      throw new InvalidArgumentError(`Give FIELD=COLUMN, separated by commas; fields are ${FIELDS.join(', ')}.`);
    map[field] = column;
  }
  const { address, ...others } = map;
  if (address === undefined) throw new InvalidArgumentError('It needs address=COLUMN.');
  return { address, ...others };
};
