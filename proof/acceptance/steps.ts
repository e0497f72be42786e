import type { Stage } from './stage.ts';
import { adopt } from './steps/adopt.ts';
import { attachments } from './steps/attachments.ts';
import { bootstrap } from './steps/bootstrap.ts';
import { breaker } from './steps/breaker.ts';
import { closedLoop } from './steps/closed-loop.ts';
import { destroy } from './steps/destroy.ts';
import { doctor } from './steps/doctor.ts';
import { enforcement } from './steps/enforcement.ts';
import { failedSend } from './steps/failed-send.ts';
import { firstDeploy, synth } from './steps/first-deploy.ts';
import { mend } from './steps/mend.ts';
import { poison } from './steps/poison.ts';
import { rotation } from './steps/rotation.ts';
import { sendQueue } from './steps/send-queue.ts';
import { settings } from './steps/settings.ts';
import { smoke } from './steps/smoke.ts';
import { unsubscribe } from './steps/unsubscribe.ts';
import { update } from './steps/update.ts';

/** One claim and its proof. */
export interface Step {
  readonly name: string;
  /** @returns what was seen; @throws ClaimFailed what was seen instead */
  readonly act: (stage: Stage, seed: number) => Promise<string>;
}

/** Every step, in order: each stands on what the one before has left. */
export const STEPS: readonly Step[] = [
  { name: 'bootstrap', act: bootstrap },
  { name: 'synth', act: synth },
  { name: 'deploy', act: firstDeploy },
  { name: 'settings', act: settings },
  { name: 'enforcement', act: enforcement },
  { name: 'smoke', act: smoke },
  { name: 'doctor', act: (stage) => doctor(stage, false) },
  { name: 'mend', act: mend },
  { name: 'doctor again', act: (stage) => doctor(stage, true) },
  { name: 'closed loop', act: closedLoop },
  { name: 'attachments', act: attachments },
  { name: 'rotation', act: rotation },
  { name: 'unsubscribe', act: unsubscribe },
  { name: 'send queue', act: sendQueue },
  { name: 'failed send', act: failedSend },
  { name: 'poison', act: poison },
  { name: 'breaker', act: breaker },
  { name: 'update', act: update },
  { name: 'destroy', act: destroy },
  { name: 'adopt', act: adopt },
  { name: 'destroy again', act: destroy },
];
