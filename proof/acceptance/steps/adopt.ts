import { CAST } from '../../../local/loop/cast.ts';
import { claim } from '../acceptance-error.ts';
import { adopting } from '../configurations.ts';
import type { Stage } from '../stage.ts';
import { deployed } from './deploy.ts';

/** A new stack over the table that was left, as its output `KeepTable` says: it goes on with every entry. */
export const adopt = async (stage: Stage): Promise<string> => {
  const { cloud, ses } = stage.parts;
  const kept = JSON.parse(`{${stage.output('KeepTable')}}`) as { readonly table: { readonly name: string } };
  const before = await cloud.items(kept.table.name);
  const resources = await deployed(stage, adopting(kept.table.name));
  claim(stage.output('TableName') === kept.table.name, `the stack should go on with ${kept.table.name}`);
  const tables = resources.filter(({ physicalId }) => physicalId === kept.table.name);
  claim(tables.length === 0, 'the adopted table should not belong to the stack');
  const after = await cloud.items(kept.table.name);
  claim(JSON.stringify(after) === JSON.stringify(before), 'every entry should be as it was before the adoption');
  const sent = ses.inbox.accepted;
  for (const { address, reason } of CAST.filter((role) => role.reason !== null)) {
    const { status, suppressed } = await stage.answerTo({ to: [address] });
    const why = suppressed[0]?.reason ?? 'nothing';
    claim(
      status === 'suppressed' && why === reason,
      `${address} should be withheld for ${reason}, but is ${status} for ${why}`,
    );
  }
  claim(ses.inbox.accepted === sent, 'SES should get nothing of them');
  return `a new stack goes on with ${after.length} entries: what was suppressed is withheld`;
};
