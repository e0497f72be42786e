import * as v from 'valibot';
import { startLocalCloud } from '../../../local/cloud.ts';
import { lines } from '../harness.ts';
import { bounce, complaint } from '../messages.ts';
import { DecideLine, ForgetLine, SelectionCounts, SelectionLine } from '../schemas/decide.ts';
import { onCloud, withCloud } from './harness.ts';

const given = withCloud();
const NOTE = ['--note', 'ticket 812'];
const json = async (...args: string[]) => {
  const { exit, out, err } = await given.onCloud([...args, '--json']);
  return { exit, err, lines: lines(out) };
};
const listedBySes = () => given.cloud.account.suppression.entries.map(({ address }) => address);

const Known = v.object({ address: v.string(), evidence: v.array(v.unknown()) });

/** Has SES say these things, and waits until the list knows so much of each address. */
const feedBack = async (known: Readonly<Record<string, number>>, ...messages: object[]): Promise<void> => {
  for (const message of messages) given.cloud.topic.publish(JSON.stringify(message));
  for (let tries = 0; tries < 200; tries += 1) {
    const asked = await Promise.all(Object.keys(known).map((each) => json('explain', each)));
    const entries = asked.map(({ lines: [entry] }) => v.parse(Known, entry));
    if (entries.every(({ address, evidence }) => evidence.length >= (known[address] ?? 0))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the feedback was not taken');
};

test('adds, allows and removes, and each is what a send heeds', async () => {
  const added = await json('add', 'Ann@target.example', ...NOTE);
  expect(added.lines.map((line) => v.parse(DecideLine, line))).toMatchObject([
    { address: 'ann@target.example', action: 'add', outcome: 'written', status: 'suppressed' },
  ]);
  expect((await given.onCloud(['check', 'ann@target.example'])).exit).toBe(3);
  const allowed = await json('allow', 'ann@target.example', ...NOTE);
  expect(allowed.lines.map((line) => v.parse(DecideLine, line))).toMatchObject([{ status: 'allowed' }]);
  expect((await given.onCloud(['check', 'ann@target.example'])).exit).toBe(0);
  given.cloud.account.suppression.put('ann@target.example', 'BOUNCE');
  const removed = await json('remove', 'ann@target.example', ...NOTE);
  expect([removed.exit, removed.err]).toEqual([0, '']);
  expect(removed.lines.map((line) => v.parse(DecideLine, line))).toMatchObject([
    { region: 'us-east-1', outcome: 'cleared', spellings: ['ann@target.example'] },
    { action: 'remove', status: 'watched' },
  ]);
  expect(listedBySes()).toEqual([]);
  const { out } = await given.onCloud(['explain', 'ann@target.example']);
  expect(out).toContain('ticket 812');
}, 60_000);

test('what is free here is mailed, and what SES lists in another spelling is found by sync', async () => {
  given.cloud.account.suppression.put('BOB@target.example', 'BOUNCE');
  const { out, exit } = await given.onCloud(['remove', 'bob@target.example', ...NOTE]);
  expect([exit, out]).toEqual([0, expect.stringContaining('not on it in this spelling')]);
  const { out: differences } = await given.onCloud(['sync']);
  expect(differences).toMatch(/BOB@target\.example {2}BOUNCE {2}! removed here.*\n.*remove BOB@target\.example/);
  const again = await given.onCloud(['remove', 'BOB@target.example', ...NOTE]);
  expect(again.out).toContain('taken off, as BOB@target.example');
  expect(listedBySes()).toEqual([]);
}, 60_000);

test('removes a selection, from the table and from SES', async () => {
  const at = new Date().toISOString();
  const to = (name: string) => `${name}@gmail.com`;
  await feedBack(
    { [to('a')]: 1, [to('b')]: 1, [to('c')]: 2, [to('old')]: 1 },
    ...['a', 'b', 'c'].map((name) => bounce({ to: to(name), at, id: `m-${name}` })),
    bounce({ to: to('old'), at: '2026-01-02T08:00:00.000Z', id: 'm-old' }),
    complaint({ to: to('c'), at, id: 'c-c' }),
  );
  given.cloud.account.suppression.put('A@gmail.com', 'BOUNCE');
  const args = ['remove', '--reason', 'hard-bounce', '--domain', 'gmail.com', '--since', at, '--diagnostic', '5.1.1'];
  const dry = await json(...args, ...NOTE);
  const done = await json(...args, ...NOTE, '--yes');
  for (const { lines } of [dry, done]) {
    for (const line of lines.slice(0, -1)) v.parse(SelectionLine, line);
    v.parse(SelectionCounts, lines.at(-1));
  }
  expect(dry.lines.at(-1)).toMatchObject({ selected: 2, kept: 1, removed: 0, acted: false });
  expect(done.lines.at(-1)).toMatchObject({ selected: 2, kept: 1, removed: 2, acted: true });
  expect(listedBySes()).toEqual([]);
  const { out } = await given.onCloud(['check', '--json', to('a'), to('b'), to('c'), to('old')]);
  expect(lines(out).map(({ suppressed }) => suppressed)).toEqual([false, false, true, true]);
}, 60_000);

test('forgets texts, keeps the block, and deletes it only if so asked', async () => {
  await feedBack({ 'gone@target.example': 1 }, bounce({ to: 'gone@target.example' }));
  expect((await given.onCloud(['explain', 'gone@target.example'])).out).toContain('user unknown');
  const done = await json('forget', 'gone@target.example', '--yes');
  expect(done.lines.map((line) => v.parse(ForgetLine, line))).toMatchObject([
    { acted: true, status: 'suppressed', texts: { diagnostics: 1 } },
  ]);
  expect((await given.onCloud(['explain', 'gone@target.example'])).out).not.toContain('user unknown');
  expect((await given.onCloud(['check', 'gone@target.example'])).exit).toBe(3);
  expect((await given.onCloud(['forget', 'gone@target.example', '--unblock', '--yes'])).exit).toBe(0);
  expect((await given.onCloud(['check', 'gone@target.example'])).exit).toBe(0);
}, 60_000);

test('writes by the policy of the deployment', async () => {
  const cloud = await startLocalCloud({ policy: { simulatorHoldHours: 5 } });
  try {
    const run = onCloud(cloud);
    const before = Date.now();
    const { out } = await run(['add', 'bounce@simulator.amazonses.com', ...NOTE, '--json']);
    const until = Date.parse(String(lines(out)[0]?.until));
    expect(until).toBeGreaterThanOrEqual(before + 5 * 3_600_000);
    expect(until).toBeLessThan(Date.now() + 5 * 3_600_000 + 1000);
  } finally {
    await cloud.stop();
  }
}, 60_000);
