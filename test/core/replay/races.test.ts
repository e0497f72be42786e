import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { compare } from '../../../core/replay/compare.ts';
import { rebuild } from '../../../core/replay/rebuild.ts';
import { bounce } from '../../cli/messages.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { tell } from './archives.ts';

const STRANGER = { status: 'watched' } as const;

test('gives up an entry that other writers always take first, after fifty tries', async () => {
  const ledger = new MemoryLedger();
  const told = tell([bounce()], DEFAULT_POLICY);
  ledger.beforeWrite = ({ address, scope }) =>
    ledger.put({ address, scope, evidence: [], deliveries: [{ at: ledger.writes.length, messageId: 'm' }] }, STRANGER);
  const compared = await compare(ledger, told, 'rebuild', DEFAULT_POLICY);
  const rebuilding = rebuild(compared, { ledger, policy: DEFAULT_POLICY, now: () => 0 });
  await expect(rebuilding).rejects.toThrow('other writers were first 50 times; run it again');
  expect(ledger.writes).toHaveLength(50);
});

test('an entry that is there once its facts are read, and gone when its standing is, counts as none', async () => {
  const ledger = new MemoryLedger();
  const told = tell([bounce()], DEFAULT_POLICY);
  const [first] = told;
  if (first === undefined) throw new Error('nothing was told');
  ledger.put(first.facts, STRANGER);
  const torn = {
    read: ledger.read.bind(ledger),
    standings: async () => ({ found: new Map(), failed: new Map() }),
  };
  expect(await compare(torn, told, 'rebuild', DEFAULT_POLICY)).toMatchObject([
    { kind: 'read', version: undefined, difference: { kind: 'standing', before: undefined } },
  ]);
});
