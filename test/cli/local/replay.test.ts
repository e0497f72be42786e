import * as v from 'valibot';
import { lines, pieces } from '../harness.ts';
import { bounce, complaint, delivery, softBounces } from '../messages.ts';
import { DifferenceLine, ReplaySummary } from '../schemas/replay.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(60_000);

const given = withCloud({ delays: [1, 5] });

const settled = async () => {
  while (!given.cloud.isSettled()) await new Promise((done) => setTimeout(done, 20));
};

/** Replays a file that holds these; each line of the answer is checked. */
const replay = async (messages: readonly (object | string)[], ...args: string[]) => {
  const text = messages.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n');
  const files: Record<string, string> = { archive: text, policy: '{"softBounceSteps":[{"strikes":2,"holdDays":30}]}' };
  const openFile = (path: string) => pieces(Buffer.from(files[path] ?? ''));
  const { exit, out, err } = await given.onCloud(['replay', ...args, '--json'], { openFile });
  const said = lines(out);
  const differences = said.slice(0, -1).map((line) => v.parse(DifferenceLine, line));
  return { exit, err, differences, summary: v.parse(ReplaySummary, said.at(-1)) };
};

const ARCHIVE = [
  bounce({ to: 'hard@target.example', id: 'hard' }),
  ...softBounces(2, Date.UTC(2026, 10, 15, 8), 'soft@target.example'),
  delivery({ to: 'fine@target.example', id: 'fine' }),
];

test('learns an archive once, by the policy that is deployed', async () => {
  const dry = await replay(ARCHIVE, 'archive');
  expect([dry.exit, dry.err]).toEqual([0, '']);
  expect(dry.summary).toMatchObject({ replay: 'merge', messages: 4, changed: 2, unchanged: 1, written: null });
  expect((await given.onCloud(['check', 'hard@target.example'])).exit).toBe(0);
  expect((await replay(ARCHIVE, 'archive', '--yes')).summary).toMatchObject({ changed: 2, written: 2 });
  expect((await given.onCloud(['check', 'hard@target.example'])).exit).toBe(3);
  expect(await replay(ARCHIVE, 'archive', '--yes')).toMatchObject({ differences: [], summary: { written: 0 } });
});

test('rebuilds by another policy, and back', async () => {
  const changed = await replay(ARCHIVE, 'archive', '--policy', 'policy', '--yes');
  expect(changed.differences).toMatchObject([
    {
      address: 'soft@target.example',
      before: { status: 'watched' },
      after: { status: 'suppressed', until: '2026-12-15T08:00:00.000Z' },
    },
  ]);
  expect((await given.onCloud(['check', 'soft@target.example'])).exit).toBe(3);
  expect((await replay(ARCHIVE, 'archive', '--policy', 'policy', '--yes')).summary).toMatchObject({
    changed: 0,
    written: 0,
  });
});

test('feedback that the function could read was learnt by it already', async () => {
  given.cloud.topic.publish(JSON.stringify(complaint({ to: 'told@target.example', id: 'told' })));
  await settled();
  const { summary } = await replay([complaint({ to: 'told@target.example', id: 'told' })], 'archive');
  expect(summary).toMatchObject({ changed: 0, learnt: 0, unchanged: 1 });
});

test('applies dead letters and leaves them, telling those that nobody can read', async () => {
  given.cloud.deadLetterQueue.send(JSON.stringify(bounce({ to: 'dead@target.example', id: 'dead' })));
  given.cloud.deadLetterQueue.send('not json');
  const { exit, err, summary } = await replay([], '--dead-letters', '--yes');
  expect([exit, err]).toEqual([
    2,
    expect.stringMatching(/^dead letter \S+: NotJson: expected JSON, got "not json"\n$/),
  ]);
  expect(summary).toMatchObject({ messages: 2, malformed: 1, written: 1 });
  expect(given.cloud.deadLetterQueue.size).toBe(2);
  expect((await given.onCloud(['check', 'dead@target.example'])).exit).toBe(3);
});
