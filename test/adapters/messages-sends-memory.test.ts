import { MemorySends } from '../../adapters/memory-sends.ts';
import { recordOf } from '../core/messages/records.ts';
import { describeSends } from './sends-contract.ts';

describeSends('memory', async () => {
  const sends = new MemorySends();
  return { sends, item: async (id) => sends.items.find((item) => item.id?.S === id) };
});

test('fails the calls that the hook names: before them nothing is done, after them all is', async () => {
  let failing: string | undefined;
  const sends = new MemorySends({
    fault: ({ operation, phase }) => {
      if (`${phase} ${operation}` === failing) throw new Error('out of order');
    },
  });
  const record = recordOf('a');
  failing = 'before begin';
  await expect(sends.begin(record, undefined)).rejects.toThrow('out of order');
  expect(sends.writes).toBe(0);
  failing = 'after begin';
  await expect(sends.begin(record, undefined)).rejects.toThrow('out of order');
  expect(sends.writes).toBe(1);
  failing = 'after release';
  await expect(sends.release(record)).rejects.toThrow('out of order');
  failing = undefined;
  expect(await sends.read(record.key)).toBeUndefined();
});
