import { mutationTable } from '../../../proof/mutation/table.ts';

const file = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

test('reports are put together, a row a folder, time-outs counting as killed and what was left alone as nothing', () => {
  const first = {
    files: {
      'core/entry/merge.ts': file('Killed', 'Killed', 'Timeout', 'Survived', 'Ignored'),
      'core/entry/order.ts': file('Killed'),
      'core/text.ts': file('NoCoverage', 'Killed'),
    },
  };
  const second = { files: { 'core/address/address.ts': file('Ignored') } };
  expect(mutationTable([first, second]).split('\n')).toEqual([
    '| folder | mutants | killed | timeout | survived | no coverage | left alone | score |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    '| core | 2 | 1 | 0 | 0 | 1 | 0 | 50.0 % |',
    '| core/address | 0 | 0 | 0 | 0 | 0 | 1 |  |',
    '| core/entry | 5 | 3 | 1 | 1 | 0 | 1 | 80.0 % |',
    '| **all** | 7 | 4 | 1 | 1 | 1 | 2 | 71.4 % |',
  ]);
});

test('a mutant that neither lived nor died is told, not left out', () => {
  expect(() => mutationTable([{ files: { 'core/a.ts': file('Killed', 'RuntimeError') } }])).toThrow('RuntimeError');
});
