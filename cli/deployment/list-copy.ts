import type { DynamoDbListOptions } from '../../adapters/dynamodb-list.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import { notTheHomeRegion } from './not-the-home-region.ts';

/**
 * The copy that another Region has of the list. It is read only: DynamoDB would take a write, and lose it or one at home
 * where both are about the same entry.
 */
export class ListCopy extends DynamoDbList {
  readonly #table: string;
  readonly #home: string;

  /** @param home - the Region in which the list is written */
  constructor(options: DynamoDbListOptions, home: string) {
    super(options);
    this.#table = options.table;
    this.#home = home;
  }

  /** @throws CliError `NotTheHomeRegion`, always */
  override async write(): Promise<never> {
    throw notTheHomeRegion(this.#table, this.#home);
  }

  /** @throws CliError `NotTheHomeRegion`, always */
  override async delete(): Promise<never> {
    throw notTheHomeRegion(this.#table, this.#home);
  }
}
