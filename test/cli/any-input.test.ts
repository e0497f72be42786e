import fc from 'fast-check';
import { cli, lines } from './harness.ts';
import { bounce } from './messages.ts';

const SHAPES = [
  ['input', 'type', 'address', 'effect', 'reason', 'scope', 'until', 'rule'],
  ['input', 'type', 'address', 'error'],
  ['input', 'error'],
].map((keys) => keys.join());

const holds = async (stdin: string | Uint8Array) => {
  const { exit, out, err } = await cli(['classify'], { stdin, pieceSize: 100 });
  expect([0, 2]).toContain(exit);
  expect(err).not.toMatch(/Unexpected|\bat .+:\d+:\d+/);
  let last = -1;
  for (const line of lines(out)) {
    expect(SHAPES).toContain(Object.keys(line).join());
    expect([last, last + 1]).toContain(line.input);
    last = line.input as number;
    if (line.effect === 'none') expect(line.scope).toBeNull();
  }
};

test('answers any bytes with lines of the contract, never with a stack trace', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), holds), { numRuns: 300 });
});

test('answers any JSON with lines of the contract', async () => {
  await fc.assert(fc.asyncProperty(fc.json(), holds), { numRuns: 300 });
});

test('answers a message in which anything was replaced by anything', async () => {
  const paths = [
    'eventType',
    'mail',
    'bounce',
    'bounce.bouncedRecipients',
    'bounce.timestamp',
    'mail.destination',
    'mail.timestamp',
    'bounce.bounceType',
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
      const message = bounce() as Record<string, unknown>;
      const [name = '', inner] = path.split('.');
      if (inner === undefined) message[name] = value;
      else (message[name] as Record<string, unknown>)[inner] = value;
      await holds(JSON.stringify(message));
    }),
    { numRuns: 300 },
  );
});

test('answers any arguments with a code and a remedy', async () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('check', 'list', 'explain', 'classify', '--json', '--limit', '--scope', '--', 'help'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (args) => {
      const { exit, err } = await cli(args);
      expect([0, 2, 3]).toContain(exit);
      expect(err).not.toContain('Unexpected');
      if (exit === 2) expect(err === '' || /^\w+: .+\n.+\n$/m.test(err)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
