import { Dice } from '../../faults/dice.ts';
import { FaultLog } from '../../faults/fault-log.ts';
import { LaggingReplica } from '../../faults/stale-reads.ts';
import type { Claim } from '../claim.ts';
import type { Weather } from '../clients.ts';
import type { Tables } from '../feedback/environment.ts';
import { openLetterBox } from '../feedback/letter-box.ts';
import { checkSends, type SendAftermath } from './check-sends.ts';
import type { SendStormSize } from './requests.ts';
import { runSends } from './run-sends.ts';
import { startWorld } from './world.ts';

/** A storm of sends, and the empty tables that it needs. */
export interface SendStormOptions {
  readonly size: SendStormSize;
  readonly tables: Tables;
  /** The share of requests that meets a fault. */
  readonly share: number;
  readonly workers: number;
  readonly lifetime: number;
  /** Does something to each client of the tables: what the checks must notice. */
  readonly tamper?: Weather['tamper'];
}

/** What a storm of sends came to. */
export interface SendStormResult {
  readonly claims: readonly Claim[];
  /** What the claims were judged by. */
  readonly aftermath: SendAftermath;
  readonly calls: number;
  readonly killed: number;
  readonly mails: number;
  readonly faults: FaultLog;
  readonly seconds: number;
}

/** Runs a storm of sends against the real function, and checks what was mailed and answered. */
export const sendStorm = async (options: SendStormOptions): Promise<SendStormResult> => {
  const { size, tables, share, workers, lifetime, tamper } = options;
  const began = performance.now();
  const faults = new FaultLog();
  let isOut = false;
  const weather: Weather = {
    dice: new Dice(size.seed),
    log: faults,
    replica: new LaggingReplica(),
    share: () => share,
    isOut: () => isOut,
    ...(tamper === undefined ? {} : { tamper }),
  };
  const letters = await openLetterBox(new Map());
  const world = await startWorld({ seed: size.seed, tables, letters, weather, lifetime });
  try {
    const outage = (out: boolean): void => {
      isOut = out;
    };
    const asked = await runSends(size, world, outage, workers);
    const { chronicle } = world;
    const killed = chronicle.calls.filter(({ told }) => told.kind === 'killed').length;
    const aftermath = { size, chronicle, asked };
    const claims = checkSends(aftermath, faults.inconsistentReads);
    const seconds = (performance.now() - began) / 1000;
    const counts = { calls: chronicle.calls.length, killed, mails: chronicle.taken.length };
    return { claims, aftermath, ...counts, faults, seconds };
  } finally {
    await Promise.all([world.stop(), letters.stop()]);
  }
};
