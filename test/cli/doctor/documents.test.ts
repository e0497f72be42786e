import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../../cli/doctor/all-checks.ts';

const text = readFileSync(join(__dirname, '../../../docs/commands.md'), 'utf8');
const section = text.slice(text.indexOf('\n## doctor\n'), text.indexOf('\n## smoke\n'));

/** Words in code marks, as in `ses:GetAccount`. */
const marked = (pattern: RegExp): string[] => [...section.matchAll(pattern)].map(([, word = '']) => word);

test('the manual names every check, and no other', () => {
  const [rows = ''] = section.split('\n| check |').slice(1);
  const named = [...rows.slice(0, rows.indexOf('\n\n')).matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names = '']) =>
    names.split(', ').map((name) => name.replaceAll('`', '')),
  );
  expect(named).toEqual(CHECKS.map(({ name }) => name));
});

test('the manual names every permission the checks need, and no other', () => {
  const needed = new Set(CHECKS.flatMap(({ needs }) => needs));
  expect(new Set(marked(/`([a-z]+:[A-Z][A-Za-z]+)`/g))).toEqual(needed);
});

test('what a fix refers to is there', () => {
  const directory = join(__dirname, '../../../cli/doctor/checks');
  const code = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'));
  const kinds = ['bounce', 'complaint'];
  const references = code
    .flatMap((each) => [...each.matchAll(/docs\/([a-z-]+\.md)(?:#([a-z-]+(?:\$\{kind\}[a-z-]+)?))?/g)])
    .flatMap(([, file = '', anchor = '']) =>
      kinds.map((kind) => ({ file, anchor: anchor.replace(/\$\{kind\}/, kind) })),
    );
  expect(references.length).toBeGreaterThan(10);
  for (const { file, anchor } of references) {
    const headings = [...readFileSync(join(__dirname, '../../../docs', file), 'utf8').matchAll(/^#+ (.+)$/gm)];
    const anchors = headings.map(([, words = '']) => words.toLowerCase().replaceAll(' ', '-'));
    expect(['', ...anchors]).toContain(anchor);
  }
});
