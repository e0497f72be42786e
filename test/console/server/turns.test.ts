import { Turns } from '../../../console/server/queues/turns.ts';

const LOOK = { box: 'feedback', letters: 0, depth: 0, complete: true, causes: [] } as const;
const MOVED = { moved: 0, stayed: [], hidden: 0 };

test.each([
  ['ends', async () => LOOK],
  ['fails', () => Promise.reject(new Error('the queue is away'))],
])('nothing is moved before a look that runs %s: it hides the letters', async (_how, end) => {
  const turns = new Turns();
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const told: string[] = [];
  const looking = turns
    .look('feedback', () => gate.then(end))
    .catch(() => undefined)
    .then(() => told.push('looked'));
  const moving = turns.move('feedback', async () => {
    told.push('moved');
    return MOVED;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
  open();
  await Promise.all([looking, moving]);
  expect(told.sort()).toEqual(['looked', 'moved']);
});
