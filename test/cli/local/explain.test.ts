import * as v from 'valibot';
import { lines } from '../harness.ts';
import { bounce } from '../messages.ts';
import { ExplainLine } from '../schemas/explain.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(60_000);

const given = withCloud({ policy: { globalListHoldDays: 3 } });

const explained = async (address: string) => {
  const { exit, out, err } = await given.onCloud(['explain', address, '--json']);
  expect([exit, err]).toEqual([0, '']);
  return lines(out).map((line) => v.parse(ExplainLine, line));
};

beforeAll(async () => {
  const { topic } = given.cloud;
  topic.publish(JSON.stringify(bounce({ to: 'held@target.example', subType: 'Suppressed', id: 'held' })));
  for (const name of ['freed', 'kept', 'forgotten'])
    topic.publish(JSON.stringify(bounce({ to: `${name}@target.example`, id: name })));
  while (!given.cloud.isSettled()) await new Promise((done) => setTimeout(done, 20));
});

test("goes by the policy of the cloud's functions", async () => {
  const { exit, out } = await given.onCloud(['explain', 'held@target.example']);
  expect(exit).toBe(0);
  expect(out).toContain('2026-11-13 08:00 UTC');
  expect(out).not.toContain('another policy');
  expect(await explained('held@target.example')).toMatchObject([
    { reason: 'global-list', until: '2026-11-13T08:00:00.000Z', expiresAt: '2027-05-12T08:00:00.000Z' },
  ]);
});

test('tells what people decided and what is forgotten, as the commands left it', async () => {
  const done = await Promise.all([
    given.onCloud(['remove', 'freed@target.example', '--note', 'works again', '--by', 'sam']),
    given.onCloud(['allow', 'kept@target.example', '--note', 'our own', '--by', 'sam']),
    given.onCloud(['forget', 'forgotten@target.example', '--yes']),
  ]);
  expect(done.map(({ exit, err }) => [exit, err])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  const out = async (name: string) => (await given.onCloud(['explain', `${name}@target.example`])).out;
  expect(await out('freed')).toMatch(
    /is not suppressed \(scope \*\).*void: an operator removed it.*removed by sam .*: works again\n/s,
  );
  expect(await out('kept')).toMatch(
    /is allowed \(scope \*\) by an operator.*outranked:.*allowed by sam .*: our own\n/s,
  );
  const forgotten = await out('forgotten');
  expect(forgotten).toContain('is suppressed everywhere: hard-bounce');
  expect(forgotten).toMatch(/texts up to .* are forgotten/);
  expect(forgotten).not.toContain('the server said');
  const [freed] = await explained('freed@target.example');
  expect(freed).toMatchObject({ status: 'watched', clearedAt: expect.any(String), operator: { action: 'remove' } });
  expect(freed?.expiresAt).not.toBeNull();
  expect(await explained('kept@target.example')).toMatchObject([{ status: 'allowed', expiresAt: null }]);
  const [kept] = await explained('forgotten@target.example');
  expect(kept).toMatchObject({ status: 'suppressed', reason: 'hard-bounce', expiresAt: null });
  expect(kept?.evidence.every((piece) => piece.diagnostic === undefined)).toBe(true);
});
