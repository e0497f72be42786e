import { MemoryMessageIds } from '../../adapters/memory-message-ids.ts';
import { MemorySends } from '../../adapters/memory-sends.ts';
import { openMessages } from '../../cli/deployment/open-messages.ts';
import { DAY } from '../../core/instant.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import type { AnswerDraft, SendState } from '../../core/messages/send-record.ts';
import { type LocalDynamoDb, startDynamoDb } from '../adapters/local-table.ts';
import { createMessagesTable } from '../adapters/messages-harness.ts';
import { recordOf } from '../core/messages/records.ts';
import { cli, lines, NOW } from './harness.ts';

const OWN = '<order-4711@ledger.example>';
const HEADER = '<0100-1@eu-west-1.amazonses.com>';
const ANSWERED: SendState = { state: 'answered', messageId: '0100-1', messageIdHeader: HEADER };
const DRAFT: AnswerDraft = {
  status: 'partly-sent',
  sent: ['Pat <pat@target.example>', 'sam@target.example'],
  suppressed: [
    {
      address: 'dead@target.example' as never,
      given: 'dead@target.example',
      reason: 'hard-bounce',
      scope: '*',
      since: null,
      until: null,
    },
  ],
  refused: [{ given: 'nobody', code: 'AddressSyntax', message: '"nobody" is not one mailbox' }],
};

let messages: { readonly sends: MemorySends; readonly messageIds: MemoryMessageIds };
beforeEach(() => {
  messages = { sends: new MemorySends(), messageIds: new MemoryMessageIds() };
});
const message = (...args: string[]) => cli(['message', ...args], { messages });
const remember = (over: object = {}) =>
  messages.messageIds.remember({
    messageId: '0100-1',
    messageIdHeader: HEADER,
    ownMessageId: OWN,
    sentAt: NOW,
    key: undefined,
    ...over,
  });
const begin = (progress: SendState, over: object = {}) =>
  messages.sends.begin(
    recordOf('order-4711', progress, { begunAt: NOW, runsUntil: NOW + 1000, draft: DRAFT, ...over }),
    undefined,
  );
const NOTHING = {
  messageId: null,
  messageIdHeader: null,
  ownMessageId: null,
  state: null,
  why: null,
  at: null,
  sent: null,
  suppressed: null,
  refused: null,
};

test.each([
  '0100-1',
  HEADER,
  HEADER.slice(1, -1),
  '<0100-1@email.amazonses.com>',
  OWN,
  'order-4711@ledger.example',
  ' <order-4711@ledger.example> ',
])('finds a message by %j', async (id) => {
  await remember();
  const { exit, out } = await message(id, '--json');
  expect(lines(out)).toEqual([
    {
      ...NOTHING,
      asked: id,
      messageId: '0100-1',
      messageIdHeader: HEADER,
      ownMessageId: OWN,
      state: 'sent',
      at: '2026-11-20T12:00:00.000Z',
    },
  ]);
  expect(exit).toBe(0);
});

test('tells people the same, and to whom it went where that is remembered', async () => {
  await remember({ key: hashKey('order-4711') });
  await begin(ANSWERED);
  const told = [
    'SES id          0100-1',
    'recipients see  <0100-1@eu-west-1.amazonses.com>',
    'own Message-ID  <order-4711@ledger.example>',
    'state           sent',
    'at              2026-11-20 12:00 UTC',
    'to              Pat <pat@target.example>',
    '                sam@target.example',
    'suppressed      dead@target.example (hard-bounce)',
    'refused         nobody',
    '',
  ].join('\n');
  expect(await message('0100-1')).toMatchObject({ exit: 0, out: told, err: '' });
  expect(await message('--key', 'order-4711')).toMatchObject({ exit: 0, out: told });
});

test('takes a later send with the same key for another message', async () => {
  await remember({ key: hashKey('order-4711') });
  await begin({ ...ANSWERED, messageId: '0100-2' } as SendState);
  expect(lines((await message('0100-1', '--json')).out)).toMatchObject([{ messageId: '0100-1', sent: null }]);
});

test.each([
  [{ state: 'running' }, NOW, { state: 'running', why: null }],
  [{ state: 'running' }, NOW - 2000, { state: 'unknown', why: expect.stringContaining('ended before it told') }],
  [{ state: 'unknown', message: 'cut' }, NOW, { state: 'unknown', why: 'cut' }],
  [{ state: 'withheld' }, NOW, { state: 'suppressed', why: null }],
  [ANSWERED, NOW, { state: 'sent', messageId: '0100-1', ownMessageId: null }],
] as const)('tells by the key of a send that is %j', async (progress, begunAt, told) => {
  await begin(progress, { begunAt, runsUntil: begunAt + 1000 });
  const { exit, out } = await message('--key', 'order-4711', '--json');
  expect(lines(out)).toMatchObject([{ asked: 'order-4711', ...told, sent: DRAFT.sent }]);
  expect(exit).toBe(0);
});

test.each([[['0100-9', '--json']], [['--key', 'order-4711', '--json']], [['x'.repeat(5000), '--json']]])(
  'exits with 3 when nothing is known: %j',
  async (args) => {
    await begin(ANSWERED, { begunAt: NOW - 30 * DAY });
    const { exit, out } = await message(...args);
    expect(lines(out)).toMatchObject([NOTHING]);
    expect(exit).toBe(3);
  },
);

test('tells people that nothing is known', async () => {
  expect(await message('0100-9')).toMatchObject({
    exit: 3,
    out: expect.stringMatching(/^Nothing is known of "0100-9".\n.* --key <key>\n$/),
  });
  expect(await message('--key', 'order-4712')).toMatchObject({ exit: 3, out: 'Nothing is known of "order-4712".\n' });
});

test.each(['0100-1', OWN])(
  'knows nothing of %j once its 30 days are over, whether or not it was deleted',
  async (id) => {
    await remember({ sentAt: NOW - 30 * DAY });
    expect((await message(id, '--json')).exit).toBe(3);
    await remember({ sentAt: NOW - 30 * DAY + 1 });
    expect((await message(id, '--json')).exit).toBe(0);
  },
);

test.each([
  [[]],
  [['']],
  [[' ']],
  [['--key', '']],
  [['0100-1', '--key', 'order-4711']],
  [['0100-1', '--messages-table', 'x']],
])('refuses %j as given wrongly', async (args) => {
  expect((await message(...args)).exit).toBe(2);
});

test('is told which deployment is meant', async () => {
  expect((await message('x')).target).toMatchObject({ stack: 'Suppressor' });
  expect((await message('x', '--messages-table', 'My-Messages')).target).toMatchObject({
    messagesTable: 'My-Messages',
  });
});

test.each([
  [{ name: 'ValidationException', message: 'The provided key element does not match the schema' }, 'NotAMessagesTable'],
  [{ name: 'ResourceNotFoundException', message: 'no table' }, 'TableNotFound'],
  [{ name: 'RecordUnreadable', message: 'state "paused"' }, 'RecordUnreadable'],
])('fails with a remedy when the table cannot say: %j', async (fault, code) => {
  messages.messageIds.byOwnMessageId = () => Promise.reject(Object.assign(new Error(fault.message), fault));
  const { exit, err } = await message('0100-1');
  expect(err).toMatch(new RegExp(`^${code}: .+\\n.+`));
  expect(exit).toBe(1);
});

test('is safe to print, whatever a Message-ID holds', async () => {
  await remember({ ownMessageId: '<\u001b[31mred\u202e@x>' });
  const { out } = await message('0100-1');
  expect(out).toContain('<');
  for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden);
});

describe('with a table', () => {
  let local: LocalDynamoDb;
  const environment = { ...process.env };
  beforeAll(async () => {
    local = await startDynamoDb();
    await createMessagesTable(local.client(), 'My-Messages');
    process.env.AWS_ENDPOINT_URL_DYNAMODB = String(local.config.endpoint);
    process.env.AWS_ACCESS_KEY_ID = 'local';
    process.env.AWS_SECRET_ACCESS_KEY = 'local';
  });
  afterAll(async () => {
    process.env = environment;
    await local.close();
  });

  test('opens it by its name and finds nothing in it', async () => {
    const overrides = { openMessages };
    const args = ['message', '0100-1', '--messages-table', 'My-Messages', '--region', 'eu-west-1'];
    expect((await cli(args, { overrides })).exit).toBe(3);
  });
});
