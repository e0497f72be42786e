import { cli, lines } from './harness.ts';
import { bounce, complaint, delivery, inSns } from './messages.ts';

const PAT = {
  type: 'Bounce',
  address: 'pat@target.example',
  effect: 'suppress',
  reason: 'hard-bounce',
  scope: '*',
  until: null,
  rule: 'hard-bounce',
};
const text = JSON.stringify(bounce());
const pretty = JSON.stringify(bounce(), null, 2);
const given = (stdin: string | Uint8Array) => cli(['classify'], { stdin });
const codes = (out: string) => lines(out).map(({ error }) => (error as { code: string } | undefined)?.code ?? null);

test('prints one line per decision, its keys in the order of the contract', async () => {
  const { exit, out, err } = await given(`${text}\n`);
  expect(out).toBe(
    '{"input":0,"type":"Bounce","address":"pat@target.example","effect":"suppress","reason":"hard-bounce","scope":"*","until":null,"rule":"hard-bounce"}\n',
  );
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
});

test.each([
  ['one line without an end', text],
  ['one document over several lines', pretty],
  ['a document with Windows line ends', pretty.replaceAll('\n', '\r\n')],
  ['a document with tabs', JSON.stringify(bounce(), null, '\t')],
  ['a list of one', `[${text}]`],
  ['a list over several lines', JSON.stringify([bounce()], null, 4)],
  ['a message body as a JSON string', JSON.stringify(text)],
  ['a list of message bodies', JSON.stringify([pretty], null, 2)],
  ['an SNS envelope', JSON.stringify(inSns(bounce()))],
  ['an SQS event', JSON.stringify({ Records: [{ body: JSON.stringify(inSns(bounce())) }] }, null, 1)],
  ['an EventBridge event', JSON.stringify({ source: 'aws.ses', 'detail-type': 'Email Bounced', detail: bounce() })],
  ['a byte-order mark', `\ufeff${text}`],
  ['a byte-order mark before a document', `\ufeff${pretty}`],
  ['blank lines around it', `\n  \r\n${text}\n\n\n`],
])('reads %s', async (_name, stdin) => {
  const { exit, out } = await given(stdin);
  expect(lines(out)).toEqual([{ input: 0, ...PAT }]);
  expect(exit).toBe(0);
});

test.each(['utf-16le', 'utf-16be'])('reads %s, which Windows shells write', async (encoding) => {
  const bytes = Buffer.from(`\ufeff${pretty}`, 'utf16le');
  const { exit, out } = await given(encoding === 'utf-16le' ? bytes : bytes.swap16());
  expect({ exit, out: lines(out) }).toEqual({ exit: 0, out: [{ input: 0, ...PAT }] });
});

test('counts every record as an input and no blank line', async () => {
  const batch = JSON.stringify({ Records: [{ body: text }, { body: text }] });
  const { out } = await given(`${batch}\n\n${text}\n`);
  expect(lines(out).map(({ input }) => input)).toEqual([0, 1, 2]);
});

test('gives several recipients of one message the same ordinal', async () => {
  const message = {
    ...delivery(),
    delivery: { timestamp: '2026-11-10T08:00:00Z', recipients: ['a@x.example', 'b@x.example'] },
  };
  const { out } = await given(`${JSON.stringify(message)}\n${text}`);
  expect(lines(out).map(({ input, address }) => [input, address])).toEqual([
    [0, 'a@x.example'],
    [0, 'b@x.example'],
    [1, 'pat@target.example'],
  ]);
});

test('reads documents over several lines one after the other', async () => {
  const { exit, out } = await given(`${pretty}\n${JSON.stringify(complaint(), null, 2)}\n${text}\n`);
  expect(lines(out).map(({ input, type }) => [input, type])).toEqual([
    [0, 'Bounce'],
    [1, 'Complaint'],
    [2, 'Bounce'],
  ]);
  expect(exit).toBe(0);
});

test('gives a message that is about no recipient one line without an address', async () => {
  const { exit, out } = await given(
    `${JSON.stringify({ eventType: 'Send', mail: {} })}\nSuccessfully validated SNS topic for Amazon SES event publishing.\n`,
  );
  expect(lines(out)).toEqual([
    { input: 0, type: 'Send', address: null, effect: 'none', reason: 'Send', scope: null, until: null, rule: 'other' },
    {
      input: 1,
      type: 'SetUp',
      address: null,
      effect: 'none',
      reason: 'SetUp',
      scope: null,
      until: null,
      rule: 'other',
    },
  ]);
  expect(exit).toBe(0);
});

test('names nobody for a recipient the mail was not sent to', async () => {
  const message = bounce({ to: 'stranger@evil.example' });
  message.mail.destination = ['a@x.example', 'b@x.example'];
  const { out } = await given(JSON.stringify(message));
  expect(lines(out)).toEqual([
    {
      input: 0,
      type: 'Bounce',
      address: null,
      effect: 'none',
      reason: 'foreign-recipient',
      scope: null,
      until: null,
      rule: 'foreign-recipient',
    },
  ]);
});

test('gives an unusable address beside a good one a line with its error', async () => {
  const message = {
    ...delivery(),
    delivery: { timestamp: '2026-11-10T08:00:00Z', recipients: ['a@x.example', 'no address'] },
  };
  const { exit, out } = await given(JSON.stringify(message));
  expect(lines(out)[1]).toEqual({
    input: 0,
    type: 'Delivery',
    address: null,
    error: { code: 'AddressSyntax', message: expect.stringContaining('no address') },
  });
  expect(exit).toBe(0);
});

test('prints malformed input in its place, the others too, and exits with 2', async () => {
  const { exit, out, err } = await given(`${text}\nnonsense\n${text}\n{"a":1}\n`);
  expect(lines(out)).toEqual([
    { input: 0, ...PAT },
    { input: 1, error: { code: 'NotJson', message: 'line 2: expected JSON, got "nonsense"' } },
    { input: 2, ...PAT },
    { input: 3, error: { code: 'NoType', message: expect.stringMatching(/^line 4: /) } },
  ]);
  expect({ exit, err }).toEqual({ exit: 2, err: '' });
});

test('takes garbage in the first lines for one malformed input a line', async () => {
  const { exit, out } = await given(`garbage\n<html>\n${text}\n${text}`);
  expect(codes(out)).toEqual(['NotJson', 'NotJson', null, null]);
  expect(exit).toBe(2);
});

test.each([5, 20, 60, 100, 200, text.length - 1])(
  'loses no line after one that was cut off after %d characters',
  async (length) => {
    const { exit, out } = await given(`${text.slice(0, length)}\n${text}\n${text}\n`);
    expect(codes(out).filter((code) => code === null)).toHaveLength(2);
    expect(codes(out)).toHaveLength(3);
    expect(exit).toBe(2);
  },
);

test('loses no line after one that ends where a document might go on', async () => {
  for (const open of ['{', '[', '{"a":', '{"a":1,', '{"Records":[{"a":1},', '{"Records":[']) {
    const { out } = await given(`${open}\n${text}\n${text}\n${text}\n`);
    expect(codes(out).filter((code) => code === null)).toHaveLength(3);
  }
});

test('reports a document that is broken or breaks off once, not once a line', async () => {
  const broken = pretty.replace('"messageId": "m-1",', '"messageId": "m-1",,');
  const first = await given(`${broken}\n${text}\n`);
  expect(codes(first.out)).toEqual(['NotJson', null]);
  const { exit, out } = await given(pretty.slice(0, 300));
  expect(codes(out)).toEqual(['NotJson']);
  expect(exit).toBe(2);
});

test('takes a list within a list, and plain values, for malformed inputs', async () => {
  const { exit, out } = await given('[[1],2,null,true]\n3\n');
  expect(codes(out)).toEqual(Array(5).fill('NotAnObject'));
  expect(exit).toBe(2);
});

test('says so when there is nothing to read, and prints nothing', async () => {
  for (const stdin of ['', '\n\n', '\ufeff', '   ']) {
    const { exit, out, err } = await given(stdin);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/^NoInput: standard input is empty\n.+--help/);
  }
});

test('names an empty file without what could move the cursor', async () => {
  const name = 'a\u001b[2J\u202eb.json';
  const { exit, err } = await cli(['classify', name], { files: { [name]: '' } });
  expect(exit).toBe(2);
  expect(err).toMatch(/^NoInput: a \[2Jb\.json is empty\n/);
});

test('finds an empty list in order', async () => {
  expect(await given('[]')).toMatchObject({ exit: 0, out: '', err: '' });
});

test('reads a file, and standard input for -', async () => {
  expect((await cli(['classify', 'a.json'], { files: { 'a.json': pretty } })).exit).toBe(0);
  expect(lines((await cli(['classify', '-', '--json'], { stdin: text })).out)).toHaveLength(1);
});

test('refuses a file that is not there without a stack trace', async () => {
  const { exit, out, err } = await cli(['classify', 'none.json']);
  expect({ exit, out }).toEqual({ exit: 2, out: '' });
  expect(err).toBe(
    'FileUnreadable: "none.json" does not exist\nGive a file that can be read, or - for standard input.\n',
  );
});

test('decides by the policy of a file', async () => {
  const message = bounce({ subType: 'Suppressed' });
  const { out } = await cli(['classify', '--policy', 'p.json'], {
    stdin: JSON.stringify(message),
    files: { 'p.json': '{"globalListHoldDays":1}' },
  });
  expect(lines(out)[0]).toMatchObject({ effect: 'hold', until: '2026-11-11T08:00:00.000Z' });
});

test.each([
  ['{"globalListHoldDays":"x"}', /globalListHoldDays/],
  ['{"typo":1}', /typo/],
  ['{', /not JSON/],
])('refuses the policy %s, naming what is wrong', async (policy, named) => {
  const { exit, out, err } = await cli(['classify', '--policy', 'p.json'], {
    stdin: text,
    files: { 'p.json': policy },
  });
  expect({ exit, out }).toEqual({ exit: 2, out: '' });
  expect(err).toMatch(/^PolicyInvalid: /);
  expect(err).toMatch(named);
});

test('tells a person at a terminal what it is waiting for', async () => {
  const { err } = await cli(['classify'], { stdin: text, overrides: { stdinIsTerminal: true } });
  expect(err).toContain('Ctrl-D');
});

test('reads what aws sqs receive-message prints', async () => {
  const body = JSON.stringify({ eventType: 'Send', mail: {} });
  const printed = JSON.stringify({ Messages: [{ MessageId: '1', Body: body }, { Body: 'no JSON' }] }, null, 2);
  const { exit, out } = await given(printed);
  const [first, second] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(exit).toBe(2);
  expect(first).toMatchObject({ input: 0, type: 'Send', effect: 'none' });
  expect(second).toMatchObject({ input: 1, error: { code: 'NotJson' } });
});
