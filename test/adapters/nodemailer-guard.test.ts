import { generateKeyPairSync } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { ListUnavailable } from '../../adapters/list-error.ts';
import { type GuardOptions, guardTransporter } from '../../adapters/nodemailer-guard.ts';
import { type Block, partition } from '../../core/send/partition.ts';
import { readRecipients } from '../../core/send/recipients.ts';
import { startSmtp } from './nodemailer-guard-smtp.ts';

/** A list in memory: who is on it, in which scope. */
const listOf = (
  ...entries: readonly (readonly [address: string, scope?: string])[]
): GuardOptions['list'] & { asked: string[][] } => {
  const standings = new Map(
    entries.map(([address, scope = '*']) => [
      `${address}\n${scope}`,
      { status: 'suppressed', reason: 'hard-bounce' } as const,
    ]),
  );
  const asked: string[][] = [];
  return {
    asked,
    partition: async (addresses, { stream } = {}) => {
      asked.push([...addresses]);
      const { usable, refused } = readRecipients({ to: addresses, cc: [], bcc: [] });
      const { mailable, withheld } = partition(usable, stream, standings, 0);
      return { mailable: mailable.map(({ given }) => given), suppressed: withheld, refused };
    },
  };
};
const GONE = listOf(['gone@target.example']);
const MAIL = { from: 'Ledger <no-reply@ledger.example>', subject: 'Hi', text: 'Hi' };

const json = (options: Partial<GuardOptions> = {}, defaults = {}) =>
  guardTransporter(createTransport({ jsonTransport: true, skipEncoding: true }, defaults), { list: GONE, ...options });
const stream = (options: Partial<GuardOptions> = {}) =>
  guardTransporter(createTransport({ streamTransport: true, buffer: true }), { list: GONE, ...options });

const headersOf = (message: unknown): string => String(message).split('\r\n\r\n')[0] ?? '';

describe('recipients', () => {
  test.each([
    ['a text', 'Ann <ann@target.example>, "Gone, G." <GONE@target.example>'],
    ['a list of texts', ['Ann <ann@target.example>', 'gone@target.example']],
    ['a text with semicolons', 'Ann <ann@target.example>; Gone <gone@target.example>'],
    [
      'objects',
      [
        { name: 'Ann', address: 'ann@target.example' },
        { name: 'G', address: 'Gone@Target.Example' },
      ],
    ],
    ['a mixture', [{ name: 'Ann', address: 'ann@target.example' }, 'x <gone@target.example>, gone@target.example']],
    ['a group', 'Friends: Ann <ann@target.example>, gone@target.example;'],
    ['nested lists', [['Ann <ann@target.example>'], ['gone@target.example']]],
  ])('are understood as %s, in To, Cc and Bcc', async (_what, recipients) => {
    for (const field of ['to', 'cc', 'bcc'] as const) {
      const { envelope, message, suppressed } = await json().sendMail({ ...MAIL, [field]: recipients } as object);
      expect(envelope).toEqual({ from: 'no-reply@ledger.example', to: ['ann@target.example'] });
      expect(message[field]).toEqual([{ name: 'Ann', address: 'ann@target.example' }]);
      expect(suppressed).toMatchObject([{ address: 'gone@target.example', reason: 'hard-bounce', scope: '*' }]);
    }
  });

  test('are found wherever they stand: To, Cc, Bcc, headers and the defaults of the transporter', async () => {
    const guarded = json({}, { bcc: 'Gone <gone@target.example>' });
    const { envelope, suppressed } = await guarded.sendMail({
      ...MAIL,
      to: 'gone@target.example',
      headers: { cc: ['gone@target.example', 'ann@target.example'] },
    });
    expect(envelope.to).toEqual(['ann@target.example']);
    expect(suppressed).toHaveLength(1);
  });

  test('are left out of an explicit envelope and of the headers beside it', async () => {
    const { envelope, message } = await json().sendMail({
      ...MAIL,
      to: ['List <list@ledger.example>', 'gone@target.example'],
      envelope: { from: 'bounces@ledger.example', to: 'gone@target.example, ann@target.example', size: 7 },
    });
    expect(envelope).toEqual({ from: 'bounces@ledger.example', to: ['ann@target.example'], size: 7 });
    expect(message.to).toEqual([{ name: 'List', address: 'list@ledger.example' }]);
  });

  test('stay as they are written where nobody is left out', async () => {
    const to = 'Friends: "Ann, A." <Ann@target.example>, bob@target.example;';
    const { message, suppressed, refused } = await stream().sendMail({ ...MAIL, to });
    expect(headersOf(message)).toContain('To: Friends:"Ann, A." <Ann@target.example>, bob@target.example;');
    expect([suppressed, refused]).toEqual([[], []]);
  });

  test('keep their display names, in any script', async () => {
    const { message } = await stream().sendMail({ ...MAIL, to: 'Zoë <zoe@target.example>, gone@target.example' });
    expect(headersOf(message)).toContain('To: =?UTF-8?Q?Zo=C3=AB?= <zoe@target.example>');
    expect(String(message)).not.toContain('gone@');
  });

  test('who are malformed are refused and left out, and the others are mailed', async () => {
    const { envelope, refused } = await json().sendMail({ ...MAIL, to: 'root, x@[127.0.0.1], ann@target.example' });
    expect(envelope.to).toEqual(['ann@target.example']);
    expect(refused).toMatchObject([
      { given: 'root', code: 'AddressSyntax' },
      { given: 'x@[127.0.0.1]', code: 'AddressIpLiteral' },
    ]);
  });

  test.each([
    ['a text', 'nonsense, ann@target.example', ['nonsense']],
    ['a list', ['nonsense', 'ann@target.example', ['Pat Smith']], ['nonsense', 'Pat Smith']],
    ['an object', [{ name: 'Pat', address: '' }, 'ann@target.example'], ['Pat']],
    ['a name with an empty address', '"Pat" <>, ann@target.example', ['Pat']],
    ['a group', 'Friends: nonsense, ann@target.example;', ['nonsense']],
  ])('without an address are refused, in %s', async (_what, recipients, given) => {
    for (const field of ['to', 'cc', 'bcc'] as const) {
      const { envelope, refused } = await json().sendMail({ ...MAIL, [field]: recipients } as object);
      expect(envelope.to).toEqual(['ann@target.example']);
      expect(refused.map((each) => each.given)).toEqual(given);
      expect(refused.every(({ code, message }) => code === 'AddressSyntax' && message.includes('no address'))).toBe(
        true,
      );
    }
  });

  test('without an address are refused in an explicit envelope too', async () => {
    const envelope = { from: 'a@ledger.example', to: ['nonsense', 'ann@target.example'] };
    const info = await json().sendMail({ ...MAIL, envelope });
    expect(info.envelope.to).toEqual(['ann@target.example']);
    expect(info.refused).toMatchObject([{ given: 'nonsense' }]);
  });

  test('are nobody in an empty group or between commas', async () => {
    const { refused } = await json().sendMail({ ...MAIL, to: 'Hidden:;', cc: ', ,', bcc: 'ann@target.example' });
    expect(refused).toEqual([]);
  });

  test('are checked in the stream of the guard', async () => {
    const list = listOf(['ann@target.example', 'newsletter']);
    const transporter = createTransport({ jsonTransport: true });
    const send = (stream: string) =>
      guardTransporter(transporter, { list, stream }).sendMail({ ...MAIL, to: 'ann@target.example' });
    expect((await send('newsletter')).suppressed).toMatchObject([{ scope: 'newsletter' }]);
    expect((await send('receipts')).suppressed).toEqual([]);
  });
});

describe('the message', () => {
  test('names nobody who is left out, and says so if nobody is left in To', async () => {
    const { message } = await stream().sendMail({ ...MAIL, to: 'gone@target.example', cc: 'ann@target.example' });
    expect(headersOf(message)).toContain('To: Undisclosed recipients:;');
    expect(headersOf(message)).toContain('Cc: ann@target.example');
  });

  test('is not changed in what the caller holds', async () => {
    const mail = { ...MAIL, to: ['gone@target.example', 'ann@target.example'], headers: { 'X-A': 'b' } };
    const before = structuredClone(mail);
    await json().sendMail(mail);
    expect(mail).toEqual(before);
  });

  test('that is raw goes to those who may be mailed', async () => {
    const raw = 'From: a@ledger.example\r\nTo: gone@target.example\r\n\r\nHi\r\n';
    const { envelope, message } = await stream().sendMail({
      envelope: { from: 'a@ledger.example', to: ['gone@target.example', 'ann@target.example'] },
      raw,
    });
    expect(envelope.to).toEqual(['ann@target.example']);
    expect(String(message)).toBe(raw);
  });

  test('is signed with the headers it is sent with', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const dkim = { domainName: 'ledger.example', keySelector: 's', privateKey };
    const transporter = createTransport({ streamTransport: true, buffer: true, dkim });
    const guarded = guardTransporter(transporter, { list: GONE });
    const { message } = await guarded.sendMail({ ...MAIL, to: 'gone@target.example, ann@target.example' });
    expect(headersOf(message)).toMatch(/^DKIM-Signature:(.|\r\n )*\bh=[^;]*:to:/);
    expect(headersOf(message)).toContain('To: ann@target.example');
  });
});

describe('when nobody is left', () => {
  const mail = { ...MAIL, to: 'gone@target.example', bcc: 'Gone@target.example' };

  test('nothing is sent, and the info has nobody accepted and nobody rejected', async () => {
    const sent: unknown[] = [];
    const transporter = createTransport({
      name: 'recording',
      version: '1',
      send: (message: unknown) => sent.push(message),
    });
    const info = await guardTransporter(transporter, { list: GONE }).sendMail(mail);
    expect(info).toMatchObject({
      envelope: { from: 'no-reply@ledger.example', to: [] },
      accepted: [],
      rejected: [],
      suppressed: [{ address: 'gone@target.example' }],
      refused: [],
    });
    expect(info).not.toHaveProperty('messageId');
    expect(sent).toEqual([]);
  });

  test('nothing is sent either if nobody given has an address', async () => {
    const sent: unknown[] = [];
    const transporter = createTransport({ name: 'recording', version: '1', send: (mail: unknown) => sent.push(mail) });
    const info = await guardTransporter(transporter, { list: GONE }).sendMail({ ...MAIL, to: 'nonsense' });
    expect(info).toMatchObject({
      accepted: [],
      suppressed: [],
      refused: [{ given: 'nonsense', code: 'AddressSyntax' }],
    });
    expect(sent).toEqual([]);
  });

  test('a mail without any recipient is left to the transport', async () => {
    expect((await json().sendMail(MAIL)).envelope.to).toEqual([]);
  });
});

describe('with reject', () => {
  test('one suppressed recipient is enough, and nothing is sent', async () => {
    const sending = json({ onSuppressed: 'reject' }).sendMail({
      ...MAIL,
      to: 'ann@target.example, gone@target.example',
    });
    await expect(sending).rejects.toMatchObject({
      code: 'RecipientsSuppressed',
      suppressed: [{ address: 'gone@target.example' }],
    });
  });

  test('a mail to others goes through', async () => {
    const { envelope } = await json({ onSuppressed: 'reject' }).sendMail({ ...MAIL, to: 'ann@target.example' });
    expect(envelope.to).toEqual(['ann@target.example']);
  });
});

describe('a list that cannot be read', () => {
  const list: GuardOptions['list'] = {
    partition: async () => {
      throw new ListUnavailable('no table');
    },
  };

  test('fails the send, and nothing is sent', async () => {
    const sent: unknown[] = [];
    const transporter = createTransport({ name: 'recording', version: '1', send: (mail: unknown) => sent.push(mail) });
    const sending = guardTransporter(transporter, { list }).sendMail({ ...MAIL, to: 'ann@target.example' });
    await expect(sending).rejects.toMatchObject({ code: 'ListUnavailable' });
    expect(sent).toEqual([]);
  });
});

describe('over SMTP', () => {
  let smtp: Awaited<ReturnType<typeof startSmtp>>;
  beforeAll(async () => {
    smtp = await startSmtp();
  });
  afterAll(() => smtp.close());
  beforeEach(() => {
    smtp.deliveries.length = 0;
  });

  test.each([{}, { pool: true as const }])('mails only those who may be mailed, with %p', async (options) => {
    const transporter = createTransport({ ...smtp.options, ...options });
    const guarded = guardTransporter(transporter, { list: GONE });
    const info = await guarded.sendMail({
      ...MAIL,
      to: 'Ann <ann@target.example>',
      cc: 'gone@target.example',
      bcc: 'bob@target.example',
    });
    expect(info.accepted).toEqual(['ann@target.example', 'bob@target.example']);
    expect(info.suppressed).toMatchObject([{ given: 'gone@target.example' }]);
    expect(smtp.deliveries).toMatchObject([
      { from: 'no-reply@ledger.example', to: ['ann@target.example', 'bob@target.example'] },
    ]);
    expect(smtp.deliveries[0]?.message).not.toMatch(/gone@|bob@/);
    guarded.close();
  });

  test('opens no connection for nobody', async () => {
    const guarded = guardTransporter(createTransport(smtp.options), { list: GONE });
    expect(await guarded.sendMail({ ...MAIL, to: 'gone@target.example' })).toMatchObject({ accepted: [] });
    expect(smtp.deliveries).toEqual([]);
  });

  test('the transporter itself stays unguarded and usable', async () => {
    const transporter = createTransport(smtp.options);
    const guarded = guardTransporter(transporter, { list: GONE });
    await expect(guarded.verify()).resolves.toBe(true);
    expect((await transporter.sendMail({ ...MAIL, to: 'gone@target.example' })).accepted).toEqual([
      'gone@target.example',
    ]);
  });
});

describe('nodemailer goes on as before', () => {
  test('with a callback', async () => {
    const told = await new Promise<unknown[]>((resolve) => {
      json().sendMail({ ...MAIL, to: 'ann@target.example' }, (...args) => resolve(args));
    });
    expect(told).toMatchObject([null, { envelope: { to: ['ann@target.example'] }, suppressed: [] }]);
  });

  test('with errors in a callback', async () => {
    const error = await new Promise<unknown>((resolve) => {
      json({ onSuppressed: 'reject' }).sendMail({ ...MAIL, to: 'gone@target.example' }, (fault) => resolve(fault));
    });
    expect(error).toMatchObject({ code: 'RecipientsSuppressed' });
  });

  test('with plugins, also one that adds a recipient', async () => {
    const list = listOf(['gone@target.example']);
    const transporter = createTransport({ jsonTransport: true });
    transporter.use('compile', (mail, done) => {
      mail.data.bcc = 'gone@target.example';
      done();
    });
    const { envelope } = await guardTransporter(transporter, { list }).sendMail({ ...MAIL, to: 'ann@target.example' });
    expect(envelope.to).toEqual(['ann@target.example']);
    expect(list.asked).toHaveLength(1);
  });

  test('with the errors of the transport', async () => {
    const transporter = createTransport({
      name: 'failing',
      version: '1',
      send: (_mail: unknown, done: (error: Error) => void) => done(new Error('no route')),
    });
    const sending = guardTransporter(transporter, { list: GONE }).sendMail({ ...MAIL, to: 'ann@target.example' });
    await expect(sending).rejects.toThrow('no route');
  });

  test('with a signal that is given while the list is asked', async () => {
    const abort = new AbortController();
    const list: GuardOptions['list'] = {
      partition: async (addresses) => {
        abort.abort();
        return { mailable: addresses, suppressed: [], refused: [] };
      },
    };
    const sending = json({ list }).sendMail({ ...MAIL, to: 'ann@target.example', signal: abort.signal });
    await expect(sending).rejects.toMatchObject({ code: 'EABORT' });
  });

  test('with transports that look at the options instead of the envelope', async () => {
    const seen: unknown[] = [];
    const transporter = createTransport({
      name: 'api',
      version: '1',
      send: (
        { data }: { data: { to?: unknown; cc?: unknown; envelope?: unknown } },
        done: (error: null, info: object) => void,
      ) => {
        seen.push(data.to, data.cc, data.envelope);
        done(null, {});
      },
    });
    await guardTransporter(transporter, { list: GONE }).sendMail({
      ...MAIL,
      to: 'gone@target.example, Ann <ann@target.example>',
      cc: 'gone@target.example',
      envelope: { from: 'a@ledger.example', to: ['gone@target.example', 'ann@target.example'] },
    });
    expect(seen).toEqual([
      [{ name: 'Ann', address: 'ann@target.example' }],
      [],
      { from: 'a@ledger.example', to: ['ann@target.example'] },
    ]);
  });
});

test.each([{}, { sendMail: () => undefined }, { transporter: {} }])('refuses to guard %p', (thing) => {
  expect(() => guardTransporter(thing, { list: GONE })).toThrow(TypeError);
});

test.each([
  [undefined, 'OptionsInvalid'],
  [{}, 'ListInvalid'],
  [{ list: [] }, 'ListInvalid'],
  [{ list: GONE, onSuppressed: 'skip' }, 'OnSuppressedInvalid'],
  [{ list: GONE, onSuppressed: null }, 'OnSuppressedInvalid'],
  [{ list: GONE, stream: 'news letter' }, 'ScopeInvalid'],
  [{ list: GONE, stream: '' }, 'ScopeInvalid'],
])('refuses to guard with %j', (options, code) => {
  const guard = () => guardTransporter(createTransport({ jsonTransport: true }), options as never);
  expect(guard).toThrow(TypeError);
  expect(guard).toThrow(expect.objectContaining({ name: 'GuardInvalid', code }));
});

test('everybody asked about is in the envelope, suppressed or refused', async () => {
  const addresses = Array.from({ length: 120 }, (_, i) => (i % 3 === 0 ? `p${i}@[127.0.0.1]` : `p${i}@target.example`));
  const list = listOf(...addresses.filter((_, i) => i % 3 === 1).map((address) => [address] as const));
  const { envelope, suppressed, refused } = await json({ list }).sendMail({ ...MAIL, bcc: addresses });
  const told = [...envelope.to, ...[...suppressed, ...refused].map(({ given }) => given)];
  expect(told.sort()).toEqual([...addresses].sort());
  expect(suppressed.every((each: Block) => each.scope === '*')).toBe(true);
});

describe('options of the SES transport', () => {
  test.each(['Destination', 'Content', 'Destinations', 'RawMessage'])(
    'refuses ses.%s, which would go past the guard',
    async (field) => {
      const sent = json({}).sendMail({ ...MAIL, to: 'pat@target.example', ses: { [field]: {} } } as object);
      await expect(sent).rejects.toMatchObject({
        code: 'MailInvalid',
        message: expect.stringContaining(`ses.${field}`),
      });
    },
  );

  test('refuses them as defaults of the transporter too', async () => {
    const guarded = json({}, { ses: { Destination: { ToAddresses: ['gone@target.example'] } } });
    await expect(guarded.sendMail({ ...MAIL, to: 'pat@target.example' })).rejects.toMatchObject({
      code: 'MailInvalid',
    });
  });

  test('leaves the others alone', async () => {
    const mail = { ...MAIL, to: 'pat@target.example', ses: { ConfigurationSetName: 'main' } } as object;
    expect(await json({}).sendMail(mail)).toMatchObject({ suppressed: [], refused: [] });
  });
});
