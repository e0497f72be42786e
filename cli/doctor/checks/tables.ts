import type { TableShape } from '../../../adapters/table-shape.ts';
import { Attribute, MessagesTable, Output, RecentIndex } from '../../../core/contract/index.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import type { Check } from '../check.ts';
import { note, ok, type Said, wrong } from '../finding.ts';
import { outputs, type Patient } from '../patient.ts';

const NEEDS = ['dynamodb:DescribeTable'];

const both = (patient: Patient): string[] => outputs(patient, [Output.TABLE_NAME, Output.MESSAGES_TABLE_NAME]);
/** The list where it is written: a copy of it in another Region is cared for there. */
const list = (patient: Patient): string[] =>
  patient.deployment.output(Output.HOME_REGION) === undefined ? outputs(patient, [Output.TABLE_NAME]) : [];
const isList = ({ deployment }: Patient, name: string): boolean => name === deployment.output(Output.TABLE_NAME);

const LIST_KEY = { partition: `${Attribute.ADDRESS} (S)`, sort: `${Attribute.SCOPE} (S)` };
const INDEX_KEY = { partition: `${RecentIndex.PARTITION_KEY} (S)`, sort: `${RecentIndex.SORT_KEY} (S)` };
const MESSAGES_KEY = { partition: `${MessagesTable.ID} (S)`, sort: 'none' };

const isSame = (a: { partition: string; sort: string } | undefined, b: { partition: string; sort: string }): boolean =>
  a?.partition === b.partition && a.sort === b.sort;

/** Whether a table has the keys and the index of a suppression table. */
export const isSuppressionTable = (shape: TableShape): boolean =>
  isSame(shape.key, LIST_KEY) && isSame(shape.indexes.get(RecentIndex.NAME), INDEX_KEY);

const ADOPT = 'Adopt a table with the right keys: set "table": { "name": … } and deploy.';
/** DynamoDB keeps a last backup of a deleted table for 35 days if it had point-in-time recovery. */
const RESTORE =
  'aws dynamodb list-backups --backup-type SYSTEM shows its last backup: restore that, adopt it with "table": { "name": … }, and deploy.';

const judge = (shape: TableShape | null, isSuppressions: boolean, home: string | undefined): Said => {
  if (shape === null)
    return isSuppressions
      ? wrong(
          'does not exist: every send is refused',
          home === undefined
            ? RESTORE
            : `It is a copy: add this Region to "regions" of the stack in ${home} and deploy that; of an adopted table, see docs/regions.md.`,
        )
      : wrong('does not exist: requests with an idempotencyKey are refused', 'Deploy the stack again.');
  if (!['ACTIVE', 'UPDATING'].includes(shape.status))
    return wrong(`cannot be used (${shape.status})`, 'Wait, or look at it in the DynamoDB console.');
  const key = isSuppressions ? LIST_KEY : MESSAGES_KEY;
  if (!isSame(shape.key, key))
    return wrong(
      `has the keys ${shape.key.partition} and ${shape.key.sort}, not ${key.partition} and ${key.sort}`,
      ADOPT,
    );
  if (isSuppressions && !isSame(shape.indexes.get(RecentIndex.NAME), INDEX_KEY))
    return wrong(
      `has no index ${RecentIndex.NAME} on ${INDEX_KEY.partition} and ${INDEX_KEY.sort}: list cannot work`,
      `Add it as docs/table.md has it: ${RecentIndex.NAME}, projecting ${RecentIndex.PROJECTED.join(', ')}.`,
    );
  return ok('is there, with its keys');
};

/** Whether the tables are there and have the keys they need. */
export const table: Check = {
  name: 'table',
  group: 'List',
  needs: NEEDS,
  subjects: both,
  look: async (patient, name) =>
    judge(await patient.tables.shape(name), isList(patient, name), patient.deployment.output(Output.HOME_REGION)),
};

/** Whether what has expired is deleted. */
export const tableExpiry: Check = {
  name: 'table-ttl',
  group: 'List',
  needs: [...NEEDS, 'dynamodb:DescribeTimeToLive'],
  subjects: both,
  look: async (patient, name) => {
    if ((await patient.tables.shape(name)) === null) return [];
    const wanted = isList(patient, name) ? Attribute.EXPIRES_AT : MessagesTable.EXPIRES_AT;
    const attribute = await patient.tables.expiryAttribute(name);
    const set = `aws dynamodb update-time-to-live --table-name ${name} --time-to-live-specification Enabled=true,AttributeName=${wanted}`;
    if (attribute === wanted) return ok('deletes what has expired');
    return attribute === null
      ? wrong('never deletes what has expired: it grows, and keeps personal data for ever', set)
      : wrong(`deletes by ${attribute}, not by ${wanted}`, `Switch that off, then: ${set}`);
  },
};

/** Whether the list can be brought back to a point in time. */
export const tableRecovery: Check = {
  name: 'table-recovery',
  group: 'List',
  needs: [...NEEDS, 'dynamodb:DescribeContinuousBackups'],
  subjects: list,
  look: async ({ tables }, name) => {
    if ((await tables.shape(name)) === null) return [];
    return (await tables.pointInTimeRecovery(name))
      ? ok('can be restored to any second of the last 35 days')
      : wrong(
          'has no point-in-time recovery: a mistake with it cannot be undone',
          `aws dynamodb update-continuous-backups --table-name ${name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
        );
  },
};

/** Whether the list is safe from being deleted by accident. */
export const tableProtection: Check = {
  name: 'table-protection',
  group: 'List',
  needs: NEEDS,
  subjects: list,
  look: async ({ tables }, name) => {
    if ((await tables.shape(name)) === null) return [];
    return (await tables.deletionProtection(name))
      ? ok('is protected from deletion')
      : wrong(
          'is not protected from deletion',
          `aws dynamodb update-table --table-name ${name} --deletion-protection-enabled`,
        );
  },
};

const MOST_TABLES = 500;
const AT_ONCE = 8;

/** Lists that no stack uses any more: they cost little, and hold personal data. */
export const orphanedTables: Check = {
  name: 'orphaned-tables',
  group: 'List',
  needs: ['dynamodb:ListTables', ...NEEDS, 'cloudformation:DescribeStacks', 'cloudformation:DescribeStackResources'],
  subjects: ({ deployment }) => [deployment.region ?? 'this Region'],
  look: async (patient) => {
    const { tables, stacks } = patient;
    const used = await stacks.tablesOfStacks();
    const names = await tables.names();
    const orphans: string[] = [];
    await inParallel(AT_ONCE, names.slice(0, MOST_TABLES), async (name) => {
      if (used.has(name) || isList(patient, name)) return;
      const shape = await tables.shape(name);
      if (shape === null || !isSuppressionTable(shape)) return;
      if ((await stacks.ownerOf(name)) === null) orphans.push(name);
    });
    orphans.sort();
    const elsewhere = await Promise.all(orphans.map((name) => tables.otherRegions(name)));
    const told = orphans.map((name, i) =>
      elsewhere[i]?.length ? `${name} (also in ${elsewhere[i].join(', ')})` : name,
    );
    const all = names.length > MOST_TABLES ? `, of the first ${MOST_TABLES} of ${names.length} tables` : '';
    if (orphans.length === 0) return ok(`has no list that no stack uses${all}`);
    return note(
      `has ${orphans.length === 1 ? 'a list' : 'lists'} that no stack here uses: ${told.join(', ')}${all}`,
      elsewhere.some((regions) => regions.length > 0)
        ? 'One that is also elsewhere may be the copy of a list that is in use there: look there first, and never write both.'
        : 'Go on with one by "table": { "name": … }, or export it and delete it: it holds addresses.',
    );
  },
};
