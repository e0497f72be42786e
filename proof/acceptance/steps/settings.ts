import { claim } from '../acceptance-error.ts';
import { STACK } from '../cdk.ts';
import { foundSettings } from '../found-settings.ts';
import type { Stage } from '../stage.ts';
import { differences, wantedSettings } from '../wanted-settings.ts';

/** Queues, subscriptions and functions are set as the template says: dead letters, waits, batches, retries. */
export const settings = async ({ standing, parts: { cloud } }: Stage): Promise<string> => {
  const all = await cloud.resources(STACK);
  let count = 0;
  for (const resource of all) {
    const inTemplate = standing?.original.Resources[resource.logicalId];
    const wanted = inTemplate && wantedSettings(inTemplate);
    if (inTemplate === undefined || wanted === undefined) continue;
    const wrong = differences(wanted, await foundSettings(cloud, resource, inTemplate, all));
    claim(wrong.length === 0, `${resource.logicalId} (${resource.type}): ${wrong.join('; ')}`);
    count += Object.values(wanted).filter((value) => value !== undefined).length;
  }
  claim(count > 0, 'there should be something to look at, but is not');
  return `${count} settings of queues, subscriptions and functions are as in the template`;
};
