import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { compare } from '../../../core/replay/compare.ts';
import { rebuild } from '../../../core/replay/rebuild.ts';
import { bounce, softBounces } from '../../cli/messages.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { tell } from './archives.ts';

const STRICT = { ...DEFAULT_POLICY, softBounceSteps: [{ strikes: 1, holdDays: null }] };
const STRIKES = softBounces(2);
const LATE = { id: 'late', at: '2026-11-16T08:00:00.000Z', type: 'Transient', subType: 'MailboxFull', status: '4.2.2' };

const given = async () => {
  const ledger = new MemoryLedger();
  await learn(
    ledger,
    tell(STRIKES, DEFAULT_POLICY).map(({ facts }) => facts),
    DEFAULT_POLICY,
  );
  const [{ key: written = '' } = {}] = ledger.writes;
  ledger.writes.length = 0;
  const deps = { ledger, policy: STRICT, now: () => 0 };
  return { ledger, deps, written };
};

test('writes an entry whose facts are the same and whose standing is not', async () => {
  const { ledger, deps } = await given();
  const compared = await compare(ledger, tell(STRIKES, STRICT), 'rebuild', STRICT);
  expect(compared).toMatchObject([{ difference: { before: { status: 'watched' }, after: { status: 'suppressed' } } }]);
  expect(await rebuild(compared, deps)).toBe(1);
  expect(ledger.writes).toMatchObject([
    { outcome: 'written', derived: { status: 'suppressed', reason: 'soft-bounce' } },
  ]);
  expect(await rebuild(await compare(ledger, tell(STRIKES, STRICT), 'rebuild', STRICT), deps)).toBe(0);
  expect(ledger.writes).toHaveLength(1);
});

test('loses nothing that comes in between the comparison and the write', async () => {
  const { ledger, deps, written } = await given();
  const compared = await compare(ledger, tell(STRIKES, STRICT), 'rebuild', STRICT);
  const late = tell([bounce(LATE)], DEFAULT_POLICY).map(({ facts }) => facts);
  await learn(ledger, late, DEFAULT_POLICY);
  expect(await rebuild(compared, deps)).toBe(1);
  expect(ledger.writes.map(({ outcome }) => outcome)).toEqual(['written', 'lost', 'written']);
  const [{ facts } = fail()] = tell(STRIKES, STRICT);
  expect(ledger.entry(facts)?.evidence).toHaveLength(3);
  expect(written).toBe('pat@target.example\n*');
});

const fail = (): never => {
  throw new Error('nothing was told');
};

test('what cannot be read is said, and fails a rebuild', async () => {
  const { ledger, deps, written } = await given();
  ledger.unreadable.add(written);
  const compared = await compare(ledger, tell(STRIKES, STRICT), 'rebuild', STRICT);
  expect(compared).toMatchObject([{ kind: 'unread' }]);
  await expect(rebuild(compared, deps)).rejects.toThrow('not there');
});
