// Heap of the feedback function after a forced collection, at event 1,000 and at event 10,000.
import { fingerprint } from '../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import { makeHandler } from '../../lambda/feedback/handler.ts';
import { bounceBody, recordOf } from './bodies.ts';

const nothing = async () => ({ found: new Map(), failed: new Map() });
const forgetful: Ledger = { read: nothing, standings: nothing, write: async () => 'written' };
const silent = () => undefined;

const handler = makeHandler({
  ledger: forgetful,
  deadLetters: { park: async () => undefined },
  policy: DEFAULT_POLICY,
  log: { info: silent, warn: silent, error: silent },
  counts: { add: silent, flush: silent },
  fingerprint: fingerprint('bench'),
});

const heap = (): number => {
  if (globalThis.gc === undefined) throw new Error('run this with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

const BATCH = 10;
let early = 0;
for (let event = 0; event < 10_000; event += BATCH) {
  if (event === 1000) early = heap();
  const Records = Array.from({ length: BATCH }, (_, i) =>
    recordOf(String(i), bounceBody(event + i, `pat${event + i}@target.example`)),
  );
  await handler({ Records });
}
process.stdout.write(JSON.stringify({ early, late: heap() }));
