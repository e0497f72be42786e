import { PassThrough, Writable } from 'node:stream';
import { columns } from '../../cli/output/columns.ts';
import { OutputClosed } from '../../cli/output/output-closed.ts';
import { paintFor } from '../../cli/output/paint.ts';
import { printable } from '../../cli/output/printable.ts';
import { counted, scopeWords, untilWords } from '../../cli/output/words.ts';
import { outputOn } from '../../cli/standard-output.ts';

test('paints only for a person at a terminal who did not ask to be spared', () => {
  const bad = (terminal: boolean, env: Record<string, string>) => paintFor(terminal, env).bad('x');
  expect(bad(true, {})).toBe('\u001b[31mx\u001b[39m');
  expect(bad(true, { NO_COLOR: '' })).toBe('\u001b[31mx\u001b[39m');
  for (const plain of [bad(false, {}), bad(true, { NO_COLOR: '1' }), bad(true, { TERM: 'dumb' })])
    expect(plain).toBe('x');
});

test('aligns columns by what is seen, not by colour', () => {
  const paint = (text: string) => `<${text}>`;
  expect(
    columns([
      [{ text: 'a', paint }, { text: 'b' }],
      [{ text: 'long' }, { text: 'c', paint }],
    ]),
  ).toBe('<a>     b\nlong  <c>\n');
  expect(columns([])).toBe('');
});

test('shows no control character and no mark that turns text around', () => {
  expect(printable('a\u001b[31m\r\nb\u202e\u200b')).toBe('a [31m b');
});

test('words an end as seen from now', () => {
  expect(untilWords(undefined, 0)).toBe('without end');
  expect(untilWords(60_000, 0)).toBe('until 1970-01-01 00:01 UTC');
  expect(untilWords(60_000, 60_000)).toBe('ended 1970-01-01 00:01 UTC');
  expect([scopeWords('*'), scopeWords('a'), scopeWords('tenant:b')]).toEqual([
    'everywhere',
    'in the stream a',
    'for the tenant b',
  ]);
  expect([counted(1, 'day'), counted(2, 'day')]).toEqual(['1 day', '2 days']);
});

test('waits until a slow reader took the text', async () => {
  const pipe = new PassThrough({ highWaterMark: 1 });
  const written = outputOn(pipe).write('text');
  expect(String(pipe.read())).toBe('text');
  await written;
});

test('tells a reader who has gone from a disk that is full', async () => {
  const failing = (code: string) =>
    outputOn(new Writable({ write: (_text, _encoding, done) => done(Object.assign(new Error(code), { code })) }));
  await expect(failing('EPIPE').write('x')).rejects.toBeInstanceOf(OutputClosed);
  await expect(failing('ENOSPC').write('x')).rejects.toMatchObject({ code: 'OutputFailed' });
});
