import type { TableShape } from '../../../adapters/table-shape.ts';
import { checkTable } from '../../../lambda/wiring/table-check.ts';

const RECENT = { partition: 'bucket (S)', sort: 'updatedAt (S)' };
const shape = (more: Partial<TableShape> = {}): TableShape => ({
  status: 'ACTIVE',
  key: { partition: 'address (S)', sort: 'scope (S)' },
  indexes: new Map([['recent', RECENT]]),
  ...more,
});

test('passes a table with the keys and the index of the contract, and whatever else it has', () => {
  const more = new Map([
    ['recent', RECENT],
    ['byTeam', { partition: 'team (S)', sort: 'none' }],
  ]);
  expect(() => checkTable('List', shape({ indexes: more, status: 'UPDATING' }))).not.toThrow();
});

test.each([
  ['none of that name', null, /There is no table List in this region and account\. .*Tables live in one region\./],
  [
    'one without a sort key',
    shape({ key: { partition: 'address (S)', sort: 'none' } }),
    'partition key address (S), sort key none; expected partition key address (S), sort key scope (S)',
  ],
  [
    'one with a key of numbers',
    shape({ key: { partition: 'address (N)', sort: 'scope (S)' } }),
    'has partition key address (N)',
  ],
  [
    'one without the index',
    shape({ indexes: new Map() }),
    'has no index recent; expected partition key bucket (S), sort key updatedAt (S). Create the index',
  ],
  [
    'one with another index of that name',
    shape({ indexes: new Map([['recent', { partition: 'bucket (S)', sort: 'none' }]]) }),
    'has partition key bucket (S), sort key none on its index recent',
  ],
  [
    'one that is being deleted',
    shape({ status: 'DELETING' }),
    'Table List is DELETING, not ACTIVE. Deploy again when it is.',
  ],
])('refuses %s, with the remedy', (_what, found, message) => {
  expect(() => checkTable('List', found)).toThrow(message);
});
