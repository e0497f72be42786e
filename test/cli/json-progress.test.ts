import fc from 'fast-check';
import { JsonProgress, type Progress } from '../../cli/input/json-progress.ts';

const follow = (text: string): Progress => {
  const json = new JsonProgress();
  let state: Progress = 'incomplete';
  for (const line of text.split('\n')) {
    state = json.feed(line);
    if (state === 'invalid') break;
  }
  return state;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('calls a document whole with its last line and not before', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
      const json = new JsonProgress();
      const states = JSON.stringify(value, null, 2)
        .split('\n')
        .map((line) => json.feed(line));
      expect(states.at(-1)).toBe('complete');
      expect(new Set(states.slice(0, -1))).toEqual(new Set(['incomplete']));
    }),
  );
});

test('agrees with the parser on what is JSON, whatever is changed in a text', () => {
  const change = fc.record({ at: fc.nat(), cut: fc.integer({ min: 0, max: 3 }), put: fc.string({ maxLength: 2 }) });
  const junk = fc.constantFrom('', ',', '}', ']', '"', '\\', 'e', '-', '0', '\n', '1.', 'tru', '\u0001', '\u00a0');
  fc.assert(
    fc.property(fc.jsonValue(), change, junk, (value, { at, cut, put }, extra) => {
      const text = JSON.stringify(value, null, 1);
      const from = at % (text.length + 1);
      const changed = text.slice(0, from) + put + extra + text.slice(from + cut);
      expect(follow(changed) === 'complete').toBe(isJson(changed));
    }),
    { numRuns: 3000 },
  );
});

test('never calls the beginning of a document invalid', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, at) => {
      const all = JSON.stringify(value, null, 2).split('\n');
      expect(follow(all.slice(0, 1 + (at % all.length)).join('\n'))).not.toBe('invalid');
    }),
  );
});

test.each([
  '{"a" 1}',
  '{,}',
  '[1,]',
  '{"a":1,}',
  '01',
  '1e',
  '"\\x"',
  '"\\u12g4"',
  'nul',
  '[1 2]',
  '{"a":}',
  ']',
  '{]',
])('rejects %s at once', (text) => {
  expect(new JsonProgress().feed(text)).toBe('invalid');
});

test('rejects nesting deeper than any message has', () => {
  expect(new JsonProgress().feed('['.repeat(512))).toBe('incomplete');
  expect(new JsonProgress().feed('['.repeat(513))).toBe('invalid');
});
