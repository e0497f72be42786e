// Heap kept after so many events, by the feedback function or (argument `bare`) by nothing but the parsing.
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import type { Ledger } from '../../../core/ledger/ledger.ts';
import { makeHandler } from '../../../lambda/feedback/handler.ts';
import { QUIET } from '../../counted.ts';
import { bounceBody, recordOf } from '../../subjects/bodies.ts';
import { liveMb } from '../heap.ts';

const SIZES = new Set([1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]);
const BATCH = 10;

const nothing = async () => ({ found: new Map(), failed: new Map() });
const forgetful: Ledger = { read: nothing, standings: nothing, write: async () => 'written' };
const handler = makeHandler({
  ...QUIET,
  ledger: forgetful,
  deadLetters: { park: async () => undefined },
  policy: DEFAULT_POLICY,
  fingerprint: fingerprint('bench'),
});
const parse = async ({ Records }: { Records: { body: string }[] }): Promise<void> => {
  for (const { body } of Records) JSON.parse(JSON.parse(body).Message);
};
const take = process.argv[2] === 'bare' ? parse : handler;

const kept: { x: number; mb: number }[] = [];
for (let event = 0; event < Math.max(...SIZES); event += BATCH) {
  const Records = Array.from({ length: BATCH }, (_, i) =>
    recordOf(String(i), bounceBody(event + i, `pat${event + i}@target.example`)),
  );
  await take({ Records });
  if (SIZES.has(event + BATCH)) kept.push({ x: event + BATCH, mb: liveMb() });
}
process.stdout.write(JSON.stringify(kept));
