import { claim } from '../acceptance-error.ts';
import { STACK } from '../cdk.ts';
import type { Configuration } from '../configurations.ts';
import { mirrorSes } from '../mirror-ses.ts';
import type { Stage } from '../stage.ts';

const DONE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);

/** Synthesises and deploys a configuration, and holds what stands there against the template. */
export const deployed = async (stage: Stage, configuration: Configuration) => {
  const { cdk, cloud, ses } = stage.parts;
  const fitted = await cdk.synth(configuration);
  const outputs = await cdk.deploy(fitted);
  stage.standing = { ...fitted, outputs };
  const resources = await cloud.resources(STACK);
  const open = resources.filter(({ status }) => !DONE.has(status));
  claim(open.length === 0, `every resource should be complete, but ${open[0]?.logicalId} is ${open[0]?.status}`);
  const wanted = Object.keys(fitted.deployed.Resources);
  const missing = wanted.filter((id) => !resources.some(({ logicalId }) => logicalId === id));
  claim(missing.length === 0, `every resource should be deployed, but there is no ${missing[0]}`);
  const silent = Object.keys(fitted.deployed.Outputs ?? {}).filter((key) => !outputs[key]);
  claim(silent.length === 0, `every output should have a value, but ${silent[0]} has none`);
  await mirrorSes(cloud.ses, ses.account, {
    topicArn: stage.output('TopicArn'),
    configurationSets: stage.output('ConfigurationSets').split(' '),
    domains: (configuration.domains ?? []).map(({ name }) => name),
  });
  return resources;
};
