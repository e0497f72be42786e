import * as v from 'valibot';
import { lines } from '../harness.ts';
import { bounce, complaint } from '../messages.ts';
import { ListLine } from '../schemas/list.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(60_000);

const given = withCloud();

const listed = async (...args: string[]) => {
  const { exit, out, err } = await given.onCloud(['list', '--json', ...args]);
  expect([exit, err]).toEqual([0, '']);
  return lines(out).map((line) => v.parse(ListLine, line));
};

beforeAll(async () => {
  const { cloud, onCloud } = given;
  for (let i = 0; i < 60; i += 1)
    cloud.topic.publish(
      JSON.stringify((i % 3 === 0 ? complaint : bounce)({ to: `pat${i}@target.example`, id: `m-${i}` })),
    );
  while (!cloud.isSettled()) await new Promise((done) => setTimeout(done, 20));
  await onCloud(['add', 'manual@target.example', '--scope', 'newsletter', '--note', 'asked']);
  await onCloud(['allow', 'ours@target.example', '--note', 'our own']);
});

test('pages through all there is', async () => {
  const whole = await listed('--all');
  expect(whole).toHaveLength(62);
  expect(await listed()).toEqual([...whole.slice(0, 50), { next: expect.any(String) }]);
  const seen: unknown[] = [];
  let after: string[] = [];
  for (;;) {
    const page = await listed('--limit', '20', ...after);
    const last = page.at(-1);
    if (last === undefined || !('next' in last)) {
      seen.push(...page);
      break;
    }
    seen.push(...page.slice(0, -1));
    after = ['--after', last.next];
  }
  expect(seen).toEqual(whole);
});

test('narrows down by reason, scope, status and time', async () => {
  const whole = await listed('--all');
  expect(await listed('--all', '--reason', 'complaint')).toHaveLength(20);
  expect(await listed('--scope', 'newsletter')).toMatchObject([{ address: 'manual@target.example', reason: 'manual' }]);
  expect(await listed('--status', 'allowed')).toMatchObject([{ address: 'ours@target.example', status: 'allowed' }]);
  const middle = whole[31];
  const time = middle !== undefined && 'updatedAt' in middle ? middle.updatedAt : '';
  const before = await listed('--all', '--until', time);
  const since = await listed('--all', '--since', time);
  expect([...since, ...before]).toEqual(whole);
  expect(since.every((line) => 'updatedAt' in line && line.updatedAt >= time)).toBe(true);
  expect(before.length).toBeGreaterThan(0);
});

test('prints for people, and says how to go on', async () => {
  const { exit, out } = await given.onCloud(['list', '--limit', '2']);
  expect(exit).toBe(0);
  expect(out).toMatch(
    /^ADDRESS .*\nours@target\.example .*allowed.*\nmanual@target\.example .*\nMore: .* --after \S+\n$/,
  );
  const next = out.trim().split(' ').at(-1) ?? '';
  const rest = await given.onCloud(['list', '--limit', '2', '--after', next]);
  expect(rest.out.split('\n')[1]).toMatch(/^pat\d+@target\.example /);
});

test('refuses what it does not know', async () => {
  const { exit, err } = await given.onCloud(['list', '--reason', 'bounced']);
  expect([exit, err]).toEqual([2, expect.stringContaining('There are complaint, hard-bounce')]);
});
