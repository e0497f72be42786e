import { claim } from '../acceptance-error.ts';
import { STACK } from '../cdk.ts';
import type { Stage } from '../stage.ts';

const GONE = new Set([null, 'DELETE_COMPLETE']);

/** `cdk destroy`: everything goes but the table with its entries, and what the domains need. */
export const destroy = async (stage: Stage): Promise<string> => {
  const { cdk, cloud, ses } = stage.parts;
  const table = stage.output('TableName');
  claim(stage.standing !== undefined, 'nothing is deployed');
  const before = await cloud.items(table);
  const functions = (await cloud.resources(STACK)).filter(({ type }) => type === 'AWS::Lambda::Function');
  await cdk.destroy(stage.standing);
  const status = await cloud.stackStatus(STACK);
  claim(GONE.has(status), `the stack should be gone, but is ${status}`);
  for (const { physicalId } of functions) {
    const left = await cloud.environmentOf(physicalId).then(
      () => true,
      () => false,
    );
    claim(!left, `the function ${physicalId} should be gone, but is there`);
  }
  const after = await cloud.items(table);
  claim(
    after.length > 0 && JSON.stringify(after) === JSON.stringify(before),
    'every entry should have stayed as it was',
  );
  const identities = stage.output('WiredIdentities').split(' ');
  const wired = identities.filter((name) => ses.account.identities.read(name).topics.size > 0);
  claim(wired.length === 0, `every identity should be un-wired, but ${wired[0]} still has topics`);
  return `${functions.length} functions gone, ${identities.join(', ')} un-wired; the table stays with its ${after.length} entries`;
};
