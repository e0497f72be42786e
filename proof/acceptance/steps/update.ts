import { CAST } from '../../../local/loop/cast.ts';
import { claim } from '../acceptance-error.ts';
import { UPDATED } from '../configurations.ts';
import type { Stage } from '../stage.ts';
import { awaitBlock, untilInHours } from './closed-loop.ts';
import { deployed } from './deploy.ts';

const BOUNCING = 'bounce+updated@simulator.amazonses.com';

/** A second deployment with another policy: it takes effect, and the table and all in it stay. */
export const update = async (stage: Stage): Promise<string> => {
  const { cloud } = stage.parts;
  const table = stage.output('TableName');
  const before = await cloud.items(table);
  await deployed(stage, UPDATED);
  claim(stage.output('TableName') === table, `the table should stay ${table}, but is ${stage.output('TableName')}`);
  const after = await cloud.items(table);
  claim(JSON.stringify(after) === JSON.stringify(before), 'every entry should be as it was before the update');
  const [dead] = CAST.filter(({ reason }) => reason !== null);
  const { status } = await stage.answerTo({ to: [dead?.address ?? ''] });
  claim(status === 'suppressed', `what was suppressed before should be withheld, but is ${status}`);
  await stage.answerTo({ to: [BOUNCING] });
  await awaitBlock(stage, BOUNCING, 'hard-bounce');
  const hours = await untilInHours(stage, BOUNCING);
  claim(hours > 1.9 && hours <= 2.01, `the new policy should block for two hours, but blocks for ${hours.toFixed(2)}`);
  await stage.settle();
  return `${after.length} entries as before, still withheld; the new policy decides`;
};
