import { claim } from '../acceptance-error.ts';
import { FIRST } from '../configurations.ts';
import type { Stage } from '../stage.ts';

/** `cdk bootstrap`, which any account needs once. */
export const bootstrap = async ({ parts: { cdk, cloud } }: Stage): Promise<string> => {
  // needed next
  cdk.synth(FIRST).catch(() => undefined);
  await cdk.bootstrap();
  const status = await cloud.stackStatus('CDKToolkit');
  claim(status === 'CREATE_COMPLETE', `CDKToolkit should be there, but is ${status}`);
  return 'CDKToolkit CREATE_COMPLETE';
};
