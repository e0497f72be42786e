import type { Target } from '../target.ts';
import { address } from './address.ts';
import { breaker } from './breaker.ts';
import { classify } from './classify.ts';
import { commandLine } from './command-line.ts';
import { consoleServer } from './console.ts';
import { feedback } from './feedback.ts';
import { importing } from './import.ts';
import { localHttp, localTcp } from './local-servers.ts';
import { mime } from './mime.ts';
import { policy } from './policy.ts';
import { queue } from './queue.ts';
import { redrive } from './redrive.ts';
import { replay } from './replay.ts';
import { rotation } from './rotation.ts';
import { send } from './send.ts';
import { table } from './table.ts';
import { unsubscribe } from './unsubscribe.ts';
import { wiring } from './wiring.ts';

/** Every entry point for outside input, by name. */
const MAKERS: Readonly<Record<string, () => Target | Promise<Target>>> = {
  feedback,
  send,
  queue,
  unsubscribe,
  classify,
  import: importing,
  replay,
  redrive,
  'command-line': commandLine,
  table,
  policy,
  wiring,
  breaker,
  rotation,
  console: consoleServer,
  address,
  mime,
  'local-http': localHttp,
  'local-tcp': localTcp,
};

export const TARGET_NAMES: readonly string[] = Object.keys(MAKERS);

/**
 * Makes the targets.
 *
 * @param only - names of those that are wanted; undefined: all
 */
export const makeTargets = (only: readonly string[] | undefined): Promise<readonly Target[]> =>
  Promise.all(
    Object.entries(MAKERS)
      .filter(([name]) => only === undefined || only.includes(name))
      .map(([, make]) => make()),
  );
