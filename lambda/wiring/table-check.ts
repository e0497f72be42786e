import type { KeyShape, TableShape } from '../../adapters/table-shape.ts';
import { Attribute, RecentIndex } from '../../core/contract/index.ts';

/** The table to adopt is missing, or is not one that this project could have made. */
export class TableUnfit extends Error {
  override readonly name = 'TableUnfit';
  readonly code = 'TABLE_UNFIT';
}

const key = (partition: string, sort: string): KeyShape => ({ partition: `${partition} (S)`, sort: `${sort} (S)` });
const TABLE_KEY = key(Attribute.ADDRESS, Attribute.SCOPE);
const INDEX_KEY = key(RecentIndex.PARTITION_KEY, RecentIndex.SORT_KEY);
const REMEDY =
  'Name a table that a SuppressionTable made, or take "table" out of the configuration to have a new one made.';

const same = (a: KeyShape | undefined, b: KeyShape): boolean => a?.partition === b.partition && a.sort === b.sort;
const words = ({ partition, sort }: KeyShape): string => `partition key ${partition}, sort key ${sort}`;

/**
 * Passes only a table that the functions can read and write.
 *
 * @throws TableUnfit with what was found, what was expected and the remedy
 */
export const checkTable = (name: string, shape: TableShape | null): void => {
  if (shape === null)
    throw new TableUnfit(`There is no table ${name} in this region and account. ${REMEDY} Tables live in one region.`);
  if (!same(shape.key, TABLE_KEY))
    throw new TableUnfit(`Table ${name} has ${words(shape.key)}; expected ${words(TABLE_KEY)}. ${REMEDY}`);
  const index = shape.indexes.get(RecentIndex.NAME);
  if (!same(index, INDEX_KEY))
    throw new TableUnfit(
      `Table ${name} has ${index === undefined ? 'no index' : `${words(index)} on its index`} ${RecentIndex.NAME}; ` +
        `expected ${words(INDEX_KEY)}. Create the index (aws dynamodb update-table), or: ${REMEDY}`,
    );
  if (shape.status !== 'ACTIVE' && shape.status !== 'UPDATING')
    throw new TableUnfit(`Table ${name} is ${shape.status}, not ACTIVE. Deploy again when it is.`);
};
