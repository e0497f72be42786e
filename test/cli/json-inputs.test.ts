import fc from 'fast-check';
import { JsonInputs } from '../../cli/input/json-inputs.ts';
import { textLines } from '../../cli/input/text-lines.ts';
import { pieces } from './harness.ts';

const read = async (bytes: Uint8Array, { size = 1000, limit = 1_000_000 } = {}) => {
  const inputs = new JsonInputs(limit);
  const found = [];
  for await (const group of textLines(pieces(bytes, size), limit))
    found.push(...group.flatMap((line) => inputs.take(line)));
  return [...found, ...inputs.end()];
};

const values = (found: Awaited<ReturnType<typeof read>>) =>
  found.map((input) => (input.kind === 'value' ? input.value : input.problem.code));

const message = fc.dictionary(fc.string(), fc.jsonValue());

test('gives the same inputs for NDJSON, a list, a list over several lines and documents over several lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 50 }),
      async (all, size) => {
        const expected = JSON.parse(JSON.stringify(all));
        const forms = [
          all.map((each) => JSON.stringify(each)).join('\n'),
          JSON.stringify(all),
          JSON.stringify(all, null, 2),
          all.map((each) => JSON.stringify(each, null, 1)).join('\n'),
        ];
        for (const form of forms) expect(values(await read(Buffer.from(form), { size }))).toEqual(expected);
      },
    ),
    { numRuns: 100 },
  );
});

test('gives the same inputs however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const bytes = Buffer.from(text);
      expect(await read(bytes, { size })).toEqual(await read(bytes));
    }),
  );
});

test('never loses a whole message after lines that are anything', async () => {
  const line = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.constantFrom('{', '[', '}', '{"a":', ' ', '"'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line), async (before) => {
      const good = '{"eventType":"Send"}';
      const found = await read(Buffer.from([...before, good, good, good].join('\n')));
      const whole = found.filter((input) => input.kind === 'value' && JSON.stringify(input.value) === good);
      const gathered = found.filter((input) => input.kind === 'value' && JSON.stringify(input.value).includes(good));
      expect(whole.length + gathered.length).toBeGreaterThanOrEqual(2);
    }),
  );
});

test('drops a line that is too long, says so, and goes on', async () => {
  const found = await read(Buffer.from(`{}\n"${'x'.repeat(5000)}"\n{}\n`), { limit: 100, size: 7 });
  expect(values(found)).toEqual([{}, 'TooLong', {}]);
  expect(found.map(({ line }) => line)).toEqual([1, 2, 3]);
});

test('drops a document that is too long, says so once, and goes on', async () => {
  const document = JSON.stringify({ list: Array(100).fill('text') }, null, 2);
  expect(values(await read(Buffer.from(`${document}\n{"a":1}\n`), { limit: 100 }))).toEqual(['TooLong', { a: 1 }]);
});

test('takes a bounded time for lines that each seem to begin a document', async () => {
  const lines = 20_000;
  expect(await read(Buffer.from('[\n'.repeat(lines)), { size: 65_536 })).toHaveLength(lines);
});
