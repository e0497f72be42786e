import { markdown, type Table } from './tables.ts';

const placeOf = (name: string): RegExp => new RegExp(`(<!-- table: ${name} -->\\n)[^]*?(<!-- end of table -->)`);

/**
 * The page with these tables in their places, `<!-- table: name -->` to `<!-- end of table -->`.
 *
 * @throws if the page has no place for one of them
 */
export const filled = (page: string, tables: readonly Table[]): string =>
  tables.reduce((text, table) => {
    const place = placeOf(table.name);
    if (!place.test(text)) throw new Error(`the page has no place for the table ${table.name}`);
    return text.replace(place, (_all, begin: string, end: string) => `${begin}${markdown(table)}\n${end}`);
  }, page);

/** Names of the tables that are not on the page as they are. */
export const differing = (page: string, tables: readonly Table[]): string[] =>
  tables.filter((table) => filled(page, [table]) !== page).map(({ name }) => name);
