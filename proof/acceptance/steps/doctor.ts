import { claim } from '../acceptance-error.ts';
import { compare, type ExpectedWrong, parseFindings } from '../doctor-expectations.ts';
import { type Dropped, droppedSettings } from '../dropped-settings.ts';
import type { Stage } from '../stage.ts';

const NO_DNS = 'nobody has records in the reserved domain .example';
const OF_DNS: readonly ExpectedWrong[] = [
  { check: 'dmarc', about: 'ledger.example', why: NO_DNS },
  { check: 'dmarc', about: 'target.example', why: NO_DNS },
  { check: 'spf', about: 'target.example', why: NO_DNS },
];
const MINISTACK = 'ministack drops the setting';

const CHECK: Partial<Record<Dropped['kind'], string>> = {
  expiry: 'table-ttl',
  recovery: 'table-recovery',
  'deletion-protection': 'table-protection',
};

/** What the doctor sees of a setting that was dropped: it looks at the two tables of the outputs. */
const expectedOf = ({ kind, about }: Dropped, stage: Stage, physical: ReadonlyMap<string, string>): ExpectedWrong[] => {
  const check = CHECK[kind];
  const name = physical.get(about);
  const list = stage.output('TableName');
  const looked = kind === 'expiry' ? [list, stage.output('MessagesTableName')] : [list];
  return check === undefined || name === undefined || !looked.includes(name)
    ? []
    : [{ check, about: name, why: MINISTACK }];
};

/**
 * `ses-suppressor doctor`: all well but what must be wrong here, and that must be found.
 *
 * @param mended - whether the settings that ministack drops were set since
 */
export const doctor = async (stage: Stage, mended: boolean): Promise<string> => {
  const { standing, parts } = stage;
  const resources = await parts.cloud.resources('Suppressor');
  const physical = new Map(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const dropped = mended || standing === undefined ? [] : droppedSettings(standing.original);
  const { stdout } = await stage.cli('doctor', ['--json'], [0, 3]);
  const wanted = [...OF_DNS, ...dropped.flatMap((each) => expectedOf(each, stage, physical))];
  const found = compare(parseFindings(stdout), wanted);
  const [stranger] = found.unexpected;
  claim(stranger === undefined, `the doctor finds wrong: ${stranger?.about} ${stranger?.message} (${stranger?.check})`);
  const [missed] = found.missed;
  claim(
    missed === undefined,
    `the doctor should find ${missed?.check} of ${missed?.about} wrong (${missed?.why}), but does not`,
  );
  const because = [...new Set(wanted.map(({ check, why }) => `${check}: ${why}`))].map(
    (each) => `\n  expected wrong: ${each}`,
  );
  return `${found.ok} ok, ${found.others} notes or unknown, ${found.expected.length} wrong as expected${because.join('')}`;
};
