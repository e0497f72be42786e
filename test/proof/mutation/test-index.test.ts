import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOrder, keepIndex, readIndex, testFiles } from '../../../proof/mutation/test-index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mutation-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const seen = (file: string, milliseconds: number) => ({ file, milliseconds, ids: [file], loads: [] });

test('test files are found at any depth, in a fixed order, without those that are left out', () => {
  mkdirSync(join(root, 'test/core/rate'), { recursive: true });
  for (const name of ['rate/slots.test.ts', 'rate/simulation.test.ts', 'text.test.ts', 'messages.ts'])
    writeFileSync(join(root, 'test/core', name), '');
  expect(testFiles(root, 'test/core', [/simulation/])).toEqual([
    'test/core/rate/slots.test.ts',
    'test/core/text.test.ts',
  ]);
});

test('a mutant is tried by the tests of its folder first, the quick ones before the slow', () => {
  const index = [
    seen('test/core/a.test.ts', 1),
    seen('test/core/entry/b.test.ts', 9),
    seen('test/core/entry/c.test.ts', 5),
  ];
  expect(inOrder(index, 'core/entry/merge.ts').map(({ file }) => file)).toEqual([
    'test/core/entry/c.test.ts',
    'test/core/entry/b.test.ts',
    'test/core/a.test.ts',
  ]);
});

test('the index is there for every worker after the run without mutants, and not before', () => {
  expect(() => readIndex(root)).toThrow('without mutants');
  const index = [seen('test/core/a.test.ts', 1)];
  keepIndex(root, index);
  expect(readIndex(root)).toEqual(index);
});
