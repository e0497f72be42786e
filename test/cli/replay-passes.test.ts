import { type GatherDeps, gather } from '../../cli/replay/gather.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { pieces } from './harness.ts';
import { bounce } from './messages.ts';

const ADDRESSES = Array.from({ length: 200 }, (_, i) => `person-${i}@target.example`);
/** Each address twice, far apart. */
const ARCHIVE = ['a', 'b'].flatMap((id) =>
  ADDRESSES.map((to) => bounce({ to, id: `${id}-${to}`, at: `2026-11-1${id === 'a' ? 1 : 2}T08:00:00.000Z` })),
);
const TEXT = ARCHIVE.map((each) => JSON.stringify(each)).join('\n');

const deps = () => {
  let reads = 0;
  const some: GatherDeps = {
    openFile: () => {
      reads += 1;
      return pieces(Buffer.from(TEXT));
    },
    stdin: () => pieces(Buffer.from(TEXT)),
    progress: () => ({ show: () => undefined, end: () => undefined }),
    stderr: { write: async () => undefined },
    now: () => 0,
  };
  return { some, reads: () => reads };
};

const gathered = async (mode: 'merge' | 'rebuild', most: number, file = 'all') => {
  const { some, reads } = deps();
  const acts: number[] = [];
  const pieceCounts: number[] = [];
  const tally = await gather(
    { sources: { files: [file], letters: undefined }, policy: DEFAULT_POLICY, mode, most },
    some,
    async (archive) => {
      acts.push(archive.size);
      for (const { facts } of archive.entries()) pieceCounts.push(facts.evidence.length);
    },
  );
  return { tally, acts, pieceCounts, reads: reads() };
};

test('rebuilding reads a file as often as it takes, and sees all that is said of an entry at once', async () => {
  const { tally, acts, pieceCounts, reads } = await gathered('rebuild', 60);
  expect(tally.messages).toBe(400);
  expect(Math.max(...acts)).toBeLessThan(60);
  expect(pieceCounts).toEqual(Array.from({ length: 200 }, () => 2));
  expect(reads).toBeGreaterThan(4);
});

test('merging reads once, and acts whenever memory is full', async () => {
  const { tally, acts, pieceCounts, reads } = await gathered('merge', 60);
  expect([tally.messages, reads]).toEqual([400, 1]);
  expect(Math.max(...acts)).toBe(60);
  expect(pieceCounts).toHaveLength(400);
});

test('says so where what does not fit cannot be read again', async () => {
  await expect(gathered('rebuild', 60, '-')).rejects.toMatchObject({ code: 'TooManyAddresses', exit: 2 });
});
