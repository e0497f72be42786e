import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemoryLetters } from '../../../adapters/memory-letters.ts';
import { piecesWithOpened, withOpened } from '../../../cli/deployment/with-opened.ts';
import { keptOpen } from '../../../console/server/kept-open.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { memoryDependencies } from '../../cli/harness.ts';

const TARGET = { stack: 'Suppressor' };
const MINUTES = 60_000;

/** Lists that are numbered, and what became of them. */
const numbered = () => {
  const events: string[] = [];
  const clock = { now: 0 };
  const faults: Error[] = [];
  let number = 0;
  const deps = memoryDependencies({
    overrides: {
      now: () => clock.now,
      openList: async () => {
        const fault = faults.shift();
        if (fault !== undefined) throw fault;
        number += 1;
        const mine = number;
        events.push(`open ${mine}`);
        const close = () => {
          events.push(`close ${mine}`);
        };
        return { table: `T${mine}`, policy: DEFAULT_POLICY, ledger: new MemoryLedger(), close };
      },
    },
  });
  return { events, clock, faults, ...keptOpen(deps) };
};

test('opens a list once for all who ask for the same, and closes it at the end alone', async () => {
  const { deps, events, closeAll } = numbered();
  const lists = await Promise.all([deps.openList(TARGET), deps.openList(TARGET)]);
  for (const list of lists) list.close();
  expect((await deps.openList({ ...TARGET })).table).toBe('T1');
  expect(events).toEqual(['open 1']);
  await closeAll();
  await closeAll();
  expect(events).toEqual(['open 1', 'close 1']);
});

test('opens another list for another target, and another queue for another box', async () => {
  const { deps, events } = numbered();
  await deps.openList(TARGET);
  await deps.openList({ ...TARGET, region: 'eu-west-1' });
  expect(events).toEqual(['open 1', 'open 2']);

  const asked: string[] = [];
  const letters = keptOpen(
    memoryDependencies({
      overrides: {
        openLetters: async (_target, box) => {
          asked.push(box);
          return { letters: new MemoryLetters(), outbox: undefined, mover: undefined, close: () => undefined };
        },
      },
    }),
  );
  for (const box of ['feedback', 'sends', 'feedback'] as const) await letters.deps.openLetters(TARGET, box);
  expect(asked).toEqual(['feedback', 'sends']);
});

test('tries again what could not be opened, for the next who asks', async () => {
  const { deps, events, faults, closeAll } = numbered();
  faults.push(new Error('AWS is away'));
  const asked = await Promise.allSettled([deps.openList(TARGET), deps.openList(TARGET)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await deps.openList(TARGET)).table).toBe('T1');
  await closeAll();
  expect(events).toEqual(['open 1', 'close 1']);
});

test('opens it anew after five minutes, since the deployment may have changed', async () => {
  const { deps, events, clock } = numbered();
  (await deps.openList(TARGET)).close();
  clock.now = 5 * MINUTES - 1;
  (await deps.openList(TARGET)).close();
  expect(events).toEqual(['open 1']);
  clock.now = 5 * MINUTES;
  expect((await deps.openList(TARGET)).table).toBe('T2');
  await Promise.resolve();
  expect(events).toEqual(['open 1', 'open 2', 'close 1']);
});

test('closes what was replaced only when the last who works with it is done', async () => {
  const { deps, events, clock, closeAll } = numbered();
  const first = await deps.openList(TARGET);
  const second = await deps.openList(TARGET);
  clock.now = 6 * MINUTES;
  await deps.openList(TARGET);
  first.close();
  first.close();
  await Promise.resolve();
  expect(events).toEqual(['open 1', 'open 2']);
  second.close();
  await Promise.resolve();
  expect(events).toEqual(['open 1', 'open 2', 'close 1']);
  await closeAll();
  expect(events).toEqual(['open 1', 'open 2', 'close 1', 'close 2']);
});

test('what doctor looks at is opened for each look and closed after it, and at the end in the middle of one', async () => {
  const events: string[] = [];
  const { openDoctor } = memoryDependencies();
  let number = 0;
  const { deps, closeAll } = keptOpen(
    memoryDependencies({
      overrides: {
        openDoctor: async (target) => {
          number += 1;
          const mine = number;
          events.push(`open ${mine}`);
          return { ...(await openDoctor(target)), close: () => events.push(`close ${mine}`) };
        },
      },
    }),
  );
  const [first, second] = [await deps.openDoctor(TARGET), await deps.openDoctor(TARGET)];
  first.close();
  await Promise.resolve();
  expect(events).toEqual(['open 1', 'open 2', 'close 1']);
  await closeAll();
  second.close();
  await closeAll();
  expect(events).toEqual(['open 1', 'open 2', 'close 1', 'close 2']);
});

test('leaves everything else as it is', () => {
  const deps = memoryDependencies();
  const kept = keptOpen(deps).deps;
  expect([kept.operator, kept.now, kept.files]).toEqual([deps.operator, deps.now, deps.files]);
});

test.each([
  ['ExpiredTokenException', ['open 1', 'close 1', 'open 2']],
  ['CredentialsProviderError', ['open 1', 'close 1', 'open 2']],
  ['ThrottlingException', ['open 1']],
])('when work ends with %s, what is opened next is %j', async (name, opened) => {
  const { deps, events } = numbered();
  const fault = Object.assign(new Error('AWS says no'), { name, $metadata: {} });
  await expect(withOpened(deps.openList, TARGET, () => Promise.reject(fault))).rejects.toBe(fault);
  await Promise.resolve();
  (await deps.openList(TARGET)).close();
  expect(events).toEqual(opened);
});

test('a file that breaks off because credentials expired has what comes next opened anew', async () => {
  const { deps, events } = numbered();
  const fault = Object.assign(new Error('expired'), { name: 'ExpiredToken', $metadata: {} });
  const pieces = piecesWithOpened(deps.openList, TARGET, async function* () {
    yield 'head';
    throw fault;
  });
  expect(await pieces.next()).toEqual({ done: false, value: 'head' });
  await expect(pieces.next()).rejects.toBe(fault);
  await deps.openList(TARGET);
  expect(events.filter((event) => event.startsWith('open'))).toEqual(['open 1', 'open 2']);
});

test('all that is open is left when credentials are refused, and closed when the last who works with it is done', async () => {
  const { deps, events } = numbered();
  const other = await deps.openList({ ...TARGET, region: 'eu-west-1' });
  const fault = Object.assign(new Error('expired'), { name: 'ExpiredToken', $metadata: {} });
  await expect(withOpened(deps.openList, TARGET, () => Promise.reject(fault))).rejects.toBe(fault);
  await Promise.resolve();
  expect(events).toEqual(['open 1', 'open 2', 'close 2']);
  expect((await deps.openList({ ...TARGET, region: 'eu-west-1' })).table).toBe('T3');
  other.close();
  await Promise.resolve();
  expect(events).toEqual(['open 1', 'open 2', 'close 2', 'open 3', 'close 1']);
});
