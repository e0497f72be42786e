import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { describeAccountList } from './account-list-contract.ts';

describeAccountList('MemoryAccountList', async () => {
  const list = new MemoryAccountList();
  return { list, sandboxed: new MemoryAccountList({ sandbox: true }), calls: () => list.calls };
});

test('starts with what it is given, and counts its calls', async () => {
  const listed = [{ given: 'Pat@target.example', reason: 'COMPLAINT', updatedAt: 5 } as const];
  const list = new MemoryAccountList({ region: 'eu-west-1', listed });
  expect(await list.get('Pat@target.example')).toEqual(listed[0]);
  await list.put('ann@target.example', 'BOUNCE');
  expect([list.region, list.calls, list.listed.length]).toEqual(['eu-west-1', 2, 2]);
});
