import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moduleSpace } from '../../../proof/mutation/module-space.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modules-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(root, name), text);

test('every loading starts from nothing, and knows what it loaded', () => {
  write('count.ts', 'export let count: number = 0; export const add = () => { count += 1; return count; };');
  write('a.ts', "import { add } from './count.ts'; import tell from 'told'; tell(add(), add());");
  const told: unknown[] = [];
  const space = moduleSpace(root);
  const twice = [1, 2].map(() => {
    const loading = space.loading(
      (packages) => (name) =>
        name === 'told' ? { __esModule: true, default: (...all: unknown[]) => told.push(all) } : packages(name),
    );
    loading.load('a.ts');
    return [...loading.files];
  });
  expect(told).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(twice).toEqual([
    ['a.ts', 'count.ts'],
    ['a.ts', 'count.ts'],
  ]);
});

test('JSON is read as what it says', () => {
  write('package.json', '{"version":"1.2.3"}');
  write('a.ts', "import { version } from './package.json'; throw new Error(version);");
  expect(() => moduleSpace(root).loading().load('a.ts')).toThrow('1.2.3');
});

test('modules may import each other, and what one throws is thrown', () => {
  write('a.ts', "import { b } from './b.ts'; export const a = () => b; export const both = b;");
  write('b.ts', "import { a } from './a.ts'; export const b = 7; export const self = () => a();");
  write('bad.ts', "import './a.ts'; throw new Error('not today');");
  const loading = moduleSpace(root).loading();
  expect(() => loading.load('bad.ts')).toThrow('not today');
  expect([...loading.files]).toEqual(['bad.ts', 'a.ts', 'b.ts']);
});
