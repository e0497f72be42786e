import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive, type Standing } from '../../../core/entry/derive.ts';
import type { Entry } from '../../../core/entry/entry.ts';
import { differenceOf } from '../../../core/replay/difference.ts';
import { inPart } from '../../../core/replay/in-part.ts';
import { entryOf, known, piece, START } from '../entries.ts';

const BOUNCE = piece('hard-bounce', START);
const bounced = known(BOUNCE);
const standing = derive(bounced, DEFAULT_POLICY);
const told = (facts: Entry, ...ids: string[]) => ({ facts, ids: new Set(ids) });

test.each<[string, Partial<Standing>, string]>([
  ['the same', {}, 'same'],
  ['another status', { status: 'watched' }, 'standing'],
  ['another reason', { reason: 'complaint' }, 'standing'],
  ['another beginning', { since: START + 1 }, 'standing'],
  ['an end', { until: START + 1 }, 'standing'],
])('rebuilding the same facts, where the table publishes %s: %p is %s', (_, over, kind) => {
  const held = { entry: bounced, standing: { ...standing, ...over } };
  expect(differenceOf(held, told(bounced, BOUNCE.id), 'rebuild', DEFAULT_POLICY).kind).toBe(kind);
});

test('merging writes nothing where the facts are the same, whatever is published', () => {
  const held = { entry: bounced, standing: { ...standing, reason: 'complaint' as const } };
  expect(differenceOf(held, told(bounced), 'merge', DEFAULT_POLICY).kind).toBe('same');
});

test('merging keeps what the archive’s messages had left, rebuilding takes it back', () => {
  const held = { entry: bounced, standing };
  const nothing = told(entryOf({}), BOUNCE.id);
  expect(differenceOf(held, nothing, 'merge', DEFAULT_POLICY)).toMatchObject({ kind: 'same', entry: bounced });
  expect(differenceOf(held, nothing, 'rebuild', DEFAULT_POLICY)).toMatchObject({
    kind: 'standing',
    entry: { evidence: [] },
  });
});

test('other evidence for the same standing is a difference of facts', () => {
  const held = { entry: bounced, standing };
  const more = told(known(piece('hard-bounce', START + 1)));
  for (const mode of ['merge', 'rebuild'] as const)
    expect(differenceOf(held, more, mode, DEFAULT_POLICY).kind).toBe('facts');
});

test('what the table does not have is a standing, unless nothing is known', () => {
  expect(differenceOf(undefined, told(bounced), 'merge', DEFAULT_POLICY)).toMatchObject({
    kind: 'standing',
    before: undefined,
    after: { status: 'suppressed' },
  });
  expect(differenceOf(undefined, told(entryOf({})), 'rebuild', DEFAULT_POLICY).kind).toBe('same');
});

test('every entry is in one part, no part has most of them, and doubling splits each part in two', () => {
  const keys = Array.from({ length: 400 }, (_, n) => `pat${n}@target.example\n*`);
  const partsOf = (parts: number) =>
    keys.map((key) => Array.from({ length: parts }, (_, part) => part).filter((part) => inPart(part, parts)(key)));
  const four = partsOf(4);
  const eight = partsOf(8);
  expect(four.every((parts) => parts.length === 1)).toBe(true);
  expect(eight.map(([part = -1]) => [part % 4])).toEqual(four);
  for (const part of [0, 1, 2, 3]) {
    const size = four.filter(([its]) => its === part).length;
    expect(size).toBeGreaterThan(60);
    expect(size).toBeLessThan(140);
  }
});
