import type { ReassertEvent } from '../../../core/contract/index.ts';
import { reassert } from '../../../lambda/wiring/reassert.ts';
import { FakeSes, OURS, surroundings, THEIRS } from './fakes.ts';

const ours = { topic: OURS, headers: false };
const event = (...identities: string[]): ReassertEvent => ({
  action: 'reassert',
  identities,
  types: ['Bounce', 'Complaint'],
});

test('sets again what SES has un-wired, and counts it', async () => {
  const ses = new FakeSes({ 'a.example': { Bounce: ours }, 'b.example': {} });
  const { identity, counted, flushed } = surroundings(ses);
  await reassert(event('a.example', 'b.example'), identity);
  expect(ses.changes).toEqual(
    ['a.example/Complaint', 'b.example/Bounce', 'b.example/Complaint'].map((wire) => `${wire} -> ${OURS}`),
  );
  expect([counted, flushed]).toEqual([[['IdentityUnwired', 'rewired', 3]], [1]]);
});

test('changes and counts nothing where every wire leads here', async () => {
  const ses = new FakeSes({ 'a.example': { Bounce: ours, Complaint: ours } });
  const { identity, counted } = surroundings(ses);
  await reassert(event('a.example'), identity);
  expect([ses.changes, counted]).toEqual([[], []]);
});

test('leaves a wire alone that another system has taken, and counts it', async () => {
  const ses = new FakeSes({ 'a.example': { Bounce: { topic: THEIRS, headers: false }, Complaint: ours } });
  const { identity, counted } = surroundings(ses);
  await reassert(event('a.example'), identity);
  expect([ses.changes, counted]).toEqual([[], [['IdentityUnwired', 'taken', 1]]]);
});

test('goes on with the others where one identity is gone', async () => {
  const ses = new FakeSes({ 'b.example': { Bounce: ours } });
  const { identity, counted, logged } = surroundings(ses);
  await reassert(event('gone.example', 'b.example'), identity);
  expect(ses.changes).toEqual([`b.example/Complaint -> ${OURS}`]);
  expect(counted).toEqual([
    ['IdentityUnwired', 'rewired', 1],
    ['IdentityUnwired', 'failed', 2],
  ]);
  expect(logged.filter(([message]) => message === 'could not be set again')).toHaveLength(2);
});

test('reads a hundred identities a call', async () => {
  const names = Array.from({ length: 150 }, (_, i) => `d${i}.example`);
  const ses = new FakeSes(Object.fromEntries(names.map((name) => [name, { Bounce: ours, Complaint: ours }])));
  const read = jest.spyOn(ses, 'read');
  await reassert(event(...names), surroundings(ses).identity);
  expect(read.mock.calls.map(([asked]) => asked.length)).toEqual([100, 50]);
});
