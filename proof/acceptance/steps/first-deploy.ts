import { adopting, FIRST, UPDATED } from '../configurations.ts';
import type { Stage } from '../stage.ts';
import { deployed } from './deploy.ts';

/** `cdk synth` of the real app, everything on; the template is fitted, and told of each change. */
export const synth = async (stage: Stage): Promise<string> => {
  const { changes, original } = await stage.parts.cdk.synth(FIRST);
  const altered = changes.map(({ kind, about, now }) => `\n${kind} ${about}: ${now}`);
  const count = Object.keys(original.Resources).length;
  return `${count} resources; ${changes.length} changes to the template for ministack${altered.join('')}`;
};

/** `cdk deploy`. */
export const firstDeploy = async (stage: Stage): Promise<string> => {
  const resources = await deployed(stage, FIRST);
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function').length;
  // synthesised while the next steps wait for feedback
  for (const later of [UPDATED, adopting(stage.output('TableName'))])
    stage.parts.cdk.synth(later).catch(() => undefined);
  const outputs = Object.keys(stage.standing?.outputs ?? {}).length;
  return `${resources.length} resources as in the template, ${functions} functions among them; ${outputs} outputs`;
};
