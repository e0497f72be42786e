import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { toIso } from '../../core/instant.ts';
import { learn } from '../../core/ledger/learn.ts';
import { evidenceOf, keyOf } from '../adapters/samples.ts';
import { cli, lines, NOW } from './harness.ts';
import { MemoryFiles } from './memory-files.ts';

const BOUNCES = 'suppression_bounces.csv';
const HEAD = 'status,reason,email,created\r\n';
const row = (name: string, more = '5.1.1,"550 5.1.1 no such user, sorry"'): string =>
  `${more},${name}@target.example,1443651154\r\n`;

/** What the list says of each address: `address scope reason since`. */
const standings = (ledger: MemoryLedger): string[] =>
  ledger.items
    .map(({ address, scope, status, reason, since }) =>
      [address?.S, scope?.S, status?.S, reason?.S, since?.S].filter(Boolean).join(' '),
    )
    .sort();

const run = (text: string, args: readonly string[] = [], ledger = new MemoryLedger(), name = BOUNCES) =>
  cli(['import', name, ...args], { ledger, files: { [name]: text } });

test('takes a file of SendGrid by its columns and its name, and says how it was read', async () => {
  const ledger = new MemoryLedger();
  const { exit, out, err } = await run(`${HEAD}${row('Pat')}${row('ann')}`, [], ledger);
  expect([exit, err]).toEqual([0, '']);
  expect(out).toBe(
    'suppression_bounces.csv: CSV, read as sendgrid bounces: address="email", at="created", note="reason", status="status"\n' +
      '2 rows: 2 written, 0 known already, 0 rejected\n   2  hard-bounce  *\n',
  );
  expect(standings(ledger)).toEqual([
    'ann@target.example * suppressed hard-bounce 2015-09-30T22:12:34.000Z',
    'pat@target.example * suppressed hard-bounce 2015-09-30T22:12:34.000Z',
  ]);
});

test('writes nothing when the same file is taken again', async () => {
  const ledger = new MemoryLedger();
  const text = `${HEAD}${row('pat')}${row('ann')}`;
  await run(text, [], ledger);
  const items = ledger.items;
  const { out } = await run(text, [], ledger);
  expect(out).toContain('2 rows: 0 written, 2 known already, 0 rejected');
  expect([ledger.writes, ledger.items]).toEqual([2, items]);
});

test('writes nothing in a dry run, and says what it would', async () => {
  const ledger = new MemoryLedger();
  const { exit, out } = await run(`${HEAD}${row('pat')}`, ['--dry-run'], ledger);
  expect(exit).toBe(0);
  expect(out).toContain('1 row: 1 to write, 0 known already, 0 rejected. Nothing was written.');
  expect(ledger.items).toEqual([]);
});

test('keeps what a person decided later, and says so', async () => {
  const ledger = new MemoryLedger();
  await learn(ledger, [{ ...keyOf('pat'), evidence: [], deliveries: [], clearedAt: NOW }], DEFAULT_POLICY);
  const { out } = await run(`${HEAD}${row('pat')}`, [], ledger);
  expect(out).toContain('1 stay free: a person removed or allowed them later');
  expect(standings(ledger)).toEqual(['pat@target.example * watched']);
});

test('says whom it blocks again although a person freed them before', async () => {
  const ledger = new MemoryLedger();
  const earlier = { ...keyOf('pat'), evidence: [], deliveries: [], clearedAt: 1443651153000 };
  await learn(ledger, [earlier, { ...earlier, ...keyOf('ann') }], DEFAULT_POLICY);
  await learn(ledger, [{ ...keyOf('ann'), evidence: [evidenceOf('complaint', NOW)], deliveries: [] }], DEFAULT_POLICY);
  const text = `${HEAD}${row('pat')}${row('ann')}`;
  const words = 'blocked again: a person removed or allowed them earlier than these rows say.';
  expect((await run(text, ['--dry-run'], ledger)).out).toContain(`\n1 would be ${words}`);
  expect((await run(text, [], ledger)).out).toContain(`\n1 are ${words}`);
  expect((await run(text, [], ledger)).out).not.toContain('blocked again');
});

test('does not lose the rows that a quote without end takes in', async () => {
  const ledger = new MemoryLedger();
  const text = `${HEAD}550,"no end,a@target.example,1443651154\r\n${row('b', '5.1.1,x')}${row('c')}${row('d', '5.1.1,"a, b\r\nc"')}`;
  const { exit, out } = await run(text, ['--json'], ledger);
  expect(exit).toBe(2);
  expect(lines(out)[0]).toMatchObject({
    line: 2,
    error: { code: 'RowsInQuotes', message: expect.stringContaining('no end,a@target.example') },
  });
  expect(standings(ledger)).toEqual(['d@target.example * suppressed hard-bounce 2015-09-30T22:12:34.000Z']);
});

test('takes the rows before a break, and says what breaks', async () => {
  const ledger = new MemoryLedger();
  const { exit, err } = await run(`${HEAD}${row('pat')}5.1.1,"no end,ann@target.example,1\r\n`, [], ledger);
  expect([exit, err]).toEqual([2, expect.stringContaining('CsvBroken: ')]);
  expect(standings(ledger)).toEqual(['pat@target.example * suppressed hard-bounce 2015-09-30T22:12:34.000Z']);
});

test('takes every line of a file whose lines end in two ways', async () => {
  const ledger = new MemoryLedger();
  const text = `${HEAD}${row('a')}${row('b').replace('\r\n', '\n')}${row('c')}`;
  for (const pieceSize of [1, 7, 1000]) {
    const given = { ledger, stdin: text, pieceSize };
    const { exit, out } = await cli(['import', '-', '--from', 'sendgrid', '--reason', 'hard-bounce'], given);
    expect([exit, out]).toEqual([0, expect.stringContaining('3 rows: ')]);
  }
  expect((await run(text.replaceAll('\r\n', '\r').replace('\n', '\r'), [], ledger)).out).toContain('3 known already');
  expect(standings(ledger)).toHaveLength(3);
});

test.each([[['--rejects', `./${BOUNCES}`]], [['--resume', BOUNCES]], [['--rejects', 'out', '--resume', 'out']]])(
  'refuses to write over its own files with %p',
  async (args) => {
    const disk = new MemoryFiles({ [BOUNCES]: HEAD });
    const { exit, err } = await cli(['import', BOUNCES, ...args], { disk, files: { [BOUNCES]: HEAD } });
    expect([exit, err]).toEqual([2, expect.stringContaining('SameFile: ')]);
    expect([...disk.contents]).toEqual([[BOUNCES, HEAD]]);
  },
);

test('takes the good rows, and writes the others with line, reason and the row into a file', async () => {
  const ledger = new MemoryLedger();
  const disk = new MemoryFiles({
    [BOUNCES]: `${HEAD}${row('pat')}5.1.1,"two\nlines",nobody,1443651154\r\n${row('ann', '=cmd()|x,y')}1,2,3\r\n5,x,joe@target.example,03/04/2025\r\n`,
  });
  const { exit, out } = await cli(['import', BOUNCES, '--rejects', 'rejects.csv'], {
    ledger,
    disk,
    overrides: {
      openFile: async function* (path) {
        yield Buffer.from(disk.contents.get(path) ?? '');
      },
    },
  });
  expect(exit).toBe(2);
  expect(out).toContain('5 rows: 2 written, 0 known already, 3 rejected');
  expect(out).toContain('3 rejected rows in rejects.csv');
  const [head, ...rejected] = parse(disk.contents.get('rejects.csv') ?? '');
  expect(head).toEqual(['line', 'code', 'message', 'row']);
  expect(rejected.map(([line, code]) => [line, code])).toEqual([
    ['3', 'AddressUnusable'],
    ['6', 'RaggedRow'],
    ['7', 'TimeUnreadable'],
  ]);
  expect(rejected.map(([, , , text]) => text)).toEqual([
    '5.1.1,"two\nlines",nobody,1443651154',
    '1,2,3',
    '5,x,joe@target.example,03/04/2025',
  ]);
});

test('makes a row that would run as a formula safe in the rejects file', async () => {
  const disk = new MemoryFiles();
  await cli(['import', 'x.csv', '--from', 'sendgrid', '--reason', 'manual', '--rejects', 'r.csv'], {
    disk,
    files: { 'x.csv': 'email,created\n=cmd(),1443651154\n' },
  });
  expect(disk.contents.get('r.csv')?.split('\r\n')[1]).toMatch(/,"?'=cmd\(\),1443651154"?$/);
});

test('names rejected rows and counts as JSON', async () => {
  const { exit, out } = await run(`${HEAD}${row('pat')}x,y,nobody,1\r\n`, ['--json']);
  expect(exit).toBe(2);
  expect(lines(out)).toEqual([
    { line: 3, error: { code: 'AddressUnusable', message: expect.stringContaining('"nobody"') } },
    {
      form: 'CSV',
      format: 'sendgrid bounces',
      columns: { address: 'email', at: 'created', note: 'reason', status: 'status' },
      dryRun: false,
      rows: 2,
      written: 1,
      unchanged: 0,
      overruled: 0,
      blockedAgain: 0,
      rejected: 1,
      byCode: { AddressUnusable: 1 },
      byReason: { 'hard-bounce *': 1 },
    },
  ]);
});

test.each<[string, string, string, readonly string[], readonly string[]]>([
  [
    'the list of SES as the AWS command prints it',
    'list.json',
    JSON.stringify(
      {
        SuppressedDestinationSummaries: [
          { EmailAddress: 'Pat@target.example', Reason: 'COMPLAINT', LastUpdateTime: '2020-04-10T21:03:05+00:00' },
        ],
      },
      null,
      4,
    ),
    [],
    ['pat@target.example * suppressed complaint 2020-04-10T21:03:05.000Z'],
  ],
  [
    'the file that SES imports',
    'ses.csv',
    'pat@target.example,BOUNCE\nann@target.example,COMPLAINT\n',
    ['--at', '2026-01-02'],
    [
      'ann@target.example * suppressed complaint 2026-01-02T00:00:00.000Z',
      'pat@target.example * suppressed hard-bounce 2026-01-02T00:00:00.000Z',
    ],
  ],
  [
    'a CSV of Postmark with semicolons and a mark',
    'pm.csv',
    '\ufeffEmailAddress;SuppressionReason;Origin;CreatedAt\npat@target.example;ManualSuppression;Recipient;2019-12-10T08:58:33Z\n',
    ['--scope', 'newsletter'],
    ['pat@target.example newsletter suppressed unsubscribe 2019-12-10T08:58:33.000Z'],
  ],
  [
    'bounces of Mailgun’s API',
    'mg.json',
    '{"items":[{"address":"pat@target.example","code":"550","error":"No such mailbox","created_at":"Tue, 07 Jan 2025 19:25:45 UTC"}],"paging":{"next":"x"}}',
    [],
    ['pat@target.example * suppressed hard-bounce 2025-01-07T19:25:45.000Z'],
  ],
  [
    'the blacklist of django-ses',
    'blacklist.csv',
    'email\npat@target.example\n',
    ['--from', 'django-ses'],
    ['pat@target.example * suppressed manual 2026-10-01T00:00:00.000Z'],
  ],
  [
    'a table of one’s own',
    'own.tsv',
    'E-Mail\tWhen\tWhat\tText\nPat <pat@target.example>\t2026-01-02\tSpam complaint\thello\n',
    ['--map', 'address=E-Mail,at=When,reason=What', '--map', 'note=Text,address=E-Mail'],
    ['pat@target.example * suppressed complaint 2026-01-02T00:00:00.000Z'],
  ],
])('takes %s', async (_, name, text, args, expected) => {
  const ledger = new MemoryLedger();
  const { exit, err } = await run(text, args, ledger, name);
  expect([exit, err]).toEqual([0, '']);
  expect(standings(ledger)).toEqual(expected);
});

test('reads UTF-16 as Windows writes it', async () => {
  const ledger = new MemoryLedger();
  const bytes = Buffer.from(`\ufeff${HEAD}${row('pät')}${row('pat')}`, 'utf16le');
  const { exit, out } = await cli(['import', '-', '--from', 'sendgrid', '--reason', 'hard-bounce'], {
    ledger,
    stdin: bytes,
    pieceSize: 3,
  });
  expect(exit).toBe(2);
  expect(out).toContain('2 rows: 1 written, 0 known already, 1 rejected');
});

test.each<[string, string, string, readonly string[], string, string]>([
  ['bounces or blocks', 'x.csv', `${HEAD}${row('pat')}`, [], 'AmbiguousFile', '--reason'],
  ['nothing known', 'x.csv', 'a,b\n1,2\n', [], 'UnknownColumns', '--map'],
  [
    'an unsubscribe from nothing',
    'unsubscribes.csv',
    'email,created\na@t.example,1443651154\n',
    ['--from', 'sendgrid'],
    'ScopeNeeded',
    '--scope',
  ],
  [
    'an unsubscribe from everything',
    'unsubscribes.csv',
    'email,created\na@t.example,1443651154\n',
    ['--from', 'sendgrid', '--scope', '*'],
    'ScopeNeeded',
    '--scope',
  ],
  [
    'a column that is not there',
    'x.csv',
    'a,b\n1,2\n',
    ['--map', 'address=c', '--reason', 'manual'],
    'NoSuchColumn',
    'There are: a, b.',
  ],
  ['an empty file', 'x.csv', ' \n', [], 'FileEmpty', 'with rows'],
  ['a quote without end', BOUNCES, `${HEAD}5.1.1,"no end,pat@target.example,1\r\n`, [], 'CsvBroken', 'Mend the file'],
])('refuses %s, and says what to do', async (_, name, text, args, code, remedy) => {
  const ledger = new MemoryLedger();
  const { exit, err } = await run(text, args, ledger, name);
  expect(exit).toBe(2);
  expect(err).toContain(`${code}: `);
  expect(err).toContain(remedy);
  expect(ledger.items).toEqual([]);
});

test.each([
  [['import', BOUNCES, '--map', 'email=x'], 'Give FIELD=COLUMN'],
  [['import', BOUNCES, '--map', 'note=x'], 'It needs address=COLUMN'],
  [['import', BOUNCES, '--reason', 'soft-bounce'], 'Give one of hard-bounce'],
  [['import', BOUNCES, '--at', '03/04/2025'], 'Give a day or a time'],
  [['import', BOUNCES, '--from', 'else'], 'Allowed choices'],
  [['import', '-', '--resume', 'x'], '--resume needs a file'],
])('refuses %p', async (args, message) => {
  const { exit, err } = await cli(args, { stdin: 'x' });
  expect(exit).toBe(2);
  expect(err).toContain(message);
});

test('says that a file does not exist', async () => {
  const { exit, err } = await cli(['import', 'missing.csv']);
  expect([exit, err]).toEqual([2, expect.stringContaining('FileUnreadable: "missing.csv" does not exist')]);
});

test('needs a time for standard input without one', async () => {
  const given = { stdin: 'pat@target.example,BOUNCE\n' };
  expect((await cli(['import', '-'], given)).err).toContain('TimeNeeded: ');
  expect((await cli(['import', '-', '--at', '2026-01-02'], given)).exit).toBe(0);
});

describe('with an exported list', () => {
  test.each([
    ['TimeInFuture', { clearedAt: toIso(NOW + 1) }],
    ['TimeInFuture', { operator: { action: 'allow', at: '2999-01-01T00:00:00Z', by: 'x', note: '' } }],
    ['TimeInFuture', { deliveries: [{ at: '2999-01-01T00:00:00Z', messageId: 'm' }] }],
    ['ScopeNeeded', { evidence: [{ id: 'x', at: '2020-01-01', rule: 'r', reason: 'unsubscribe', type: 't' }] }],
  ])('rejects an entry as %s: %p', async (code, more) => {
    const ledger = new MemoryLedger();
    const at = '2020-01-01T00:00:00Z';
    const entry = { address: 'pat@target.example', scope: '*', evidence: [], ...more };
    const text = JSON.stringify(entry).replace('2020-01-01"', `${at}"`);
    const { exit, out } = await run(text, ['--json'], ledger, 'list.ndjson');
    expect([exit, lines(out)[0]]).toEqual([2, { line: 1, error: { code, message: expect.any(String) } }]);
    expect(ledger.items).toEqual([]);
  });

  test('knows it again from NDJSON, whole', async () => {
    const ledger = new MemoryLedger();
    await run(`${HEAD}${row('pat')}`, [], ledger);
    await learn(
      ledger,
      [{ ...keyOf('ann', 'newsletter'), evidence: [evidenceOf('soft-bounce', NOW)], deliveries: [] }],
      DEFAULT_POLICY,
    );
    await learn(
      ledger,
      [
        {
          ...keyOf('joe'),
          evidence: [],
          deliveries: [],
          operator: { action: 'add', at: NOW, by: 'pat', note: 'asked, "so"' },
        },
      ],
      DEFAULT_POLICY,
    );
    const exported = await cli(['export', '--format', 'ndjson'], { ledger });
    const copy = new MemoryLedger();
    expect(await run(exported.out, [], copy, 'list.ndjson')).toMatchObject({ exit: 0 });
    const bare = (each: MemoryLedger) =>
      each.items.map(({ version: _version, updatedAt: _updated, bucket: _bucket, ...rest }) => rest);
    expect(bare(copy)).toEqual(bare(ledger));
  });

  test('takes blocks and pins of its CSV, also of an address that begins like a formula', async () => {
    const ledger = new MemoryLedger();
    await run(`${HEAD}${row('+pat')}${row("'=x")}`, [], ledger);
    const exported = await cli(['export'], { ledger });
    expect(exported.out).toContain("\r\n'+pat@target.example,*,suppressed,hard-bounce,");
    const copy = new MemoryLedger();
    expect(await run(exported.out, [], copy, 'list.csv')).toMatchObject({ exit: 0 });
    expect(standings(copy)).toEqual(standings(ledger));
  });
});

describe('going on where it was stopped', () => {
  const many = (count: number): string =>
    HEAD + Array.from({ length: count }, (_, i) => (i % 300 === 7 ? 'x,y,nobody,1\r\n' : row(`p${i}`))).join('');

  const args = ['import', BOUNCES, '--resume', 'position', '--rejects', 'rejects.csv'];

  /** A disk that is read and written. */
  const setUp = (text: string) => {
    const disk = new MemoryFiles({ [BOUNCES]: text });
    const openFile = async function* (path: string): AsyncGenerator<Uint8Array> {
      yield Buffer.from(disk.contents.get(path) ?? '');
    };
    return { disk, overrides: { openFile } };
  };

  test('takes every row once, whenever it was ended', async () => {
    const text = many(1500);
    const whole = { ledger: new MemoryLedger(), ...setUp(text) };
    await cli(args, whole);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1480 }), async (writes) => {
        const given = { ...setUp(text) };
        let left = writes;
        const ledger = new MemoryLedger({
          fault: ({ operation, phase }) => {
            if (operation !== 'write' || phase !== 'before') return;
            left -= 1;
            if (left < 0) throw Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' });
          },
        });
        expect((await cli(args, { ledger, ...given })).exit).toBe(1);
        left = Number.POSITIVE_INFINITY;
        const { exit, out } = await cli(args, { ledger, ...given });
        expect(exit).toBe(2);
        expect(out).toContain('1,500 rows: ');
        expect(out).toContain('5 rejected');
        expect(standings(ledger)).toEqual(standings(whole.ledger));
        expect(given.disk.contents.get('rejects.csv')).toBe(whole.disk.contents.get('rejects.csv'));
        expect(given.disk.contents.has('position')).toBe(false);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test('has the rejects of a batch on the disk for good before its position', async () => {
    const given = setUp(many(800));
    const done: string[] = [];
    given.disk.onReplace = () => done.push('position');
    const grow = given.disk.grow.bind(given.disk);
    given.disk.grow = async (path, keep) => {
      const file = await grow(path, keep);
      return { ...file, bytes: file.bytes, sync: async () => void done.push('sync') };
    };
    await cli(args, given);
    expect(done).toEqual(['sync', 'position', 'sync', 'position']);
  });

  test('stores the position of each batch, and reads no row before it again', async () => {
    const given = setUp(many(1000));
    const positions: number[] = [];
    given.disk.onReplace = (path) => {
      positions.push(JSON.parse(given.disk.contents.get(path) ?? '{}').tally.rows);
    };
    const ledger = new MemoryLedger();
    await cli(args, { ledger, ...given });
    expect(positions).toEqual([400, 800, 1000]);
  });

  test.each([
    ['list', [], { table: 'Others' }],
    ['rejects file', ['--rejects', 'others.csv'], {}],
  ])('refuses a position of another %s', async (_, more, other) => {
    const given = setUp(many(1000));
    let requests = 0;
    const stopping = new MemoryLedger({
      fault: () => {
        requests += 1;
        if (requests > 1800) throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      },
    });
    expect((await cli(args, { ledger: stopping, ...given })).exit).toBe(1);
    const ledger = new MemoryLedger();
    const openList = async () => ({
      ...{ table: 'Suppressions', policy: DEFAULT_POLICY, ledger, close: () => undefined },
      ...other,
    });
    const { exit, err } = await cli([...args, ...more], { ...given, overrides: { ...given.overrides, openList } });
    expect([exit, err]).toEqual([2, expect.stringContaining('ResumeMismatch: ')]);
  });

  test('refuses the position of another file, of other options, and of no import', async () => {
    const given = setUp(many(10));
    given.disk.contents.set(
      'position',
      JSON.stringify({
        fingerprint: 'other',
        rejectsBytes: 0,
        tally: {
          rows: 1,
          written: 1,
          unchanged: 0,
          overruled: 0,
          blockedAgain: 0,
          rejected: 0,
          byCode: {},
          byReason: {},
        },
      }),
    );
    const mismatch = await cli(args, given);
    expect([mismatch.exit, mismatch.err]).toEqual([2, expect.stringContaining('ResumeMismatch: ')]);
    given.disk.contents.set('position', 'hello');
    const unreadable = await cli(args, given);
    expect([unreadable.exit, unreadable.err]).toEqual([2, expect.stringContaining('ResumeUnreadable: ')]);
  });
});

test('waits for a throttled table, and goes on', async () => {
  let failures = 3;
  const ledger = new MemoryLedger({
    fault: ({ operation }) => {
      if (operation === 'write' && failures > 0) {
        failures -= 1;
        throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      }
    },
  });
  const slept: number[] = [];
  const { exit } = await cli(['import', BOUNCES], {
    ledger,
    files: { [BOUNCES]: `${HEAD}${row('pat')}` },
    overrides: {
      sleep: async (millis) => {
        slept.push(millis);
      },
    },
  });
  expect([exit, slept, ledger.items.length]).toEqual([0, [200, 500, 1000], 1]);
});

test('rejects the row of an entry that cannot be read, and takes the others', async () => {
  const ledger = new MemoryLedger();
  ledger.put({ address: { S: 'pat@target.example' }, scope: { S: '*' }, status: { S: 'suppressed' } });
  const { exit, out } = await run(`${HEAD}${row('pat')}${row('ann')}`, ['--json'], ledger);
  expect(exit).toBe(2);
  expect(lines(out)[0]).toMatchObject({ line: 2, error: { code: 'EntryUnreadable' } });
  expect(standings(ledger)).toContain('ann@target.example * suppressed hard-bounce 2015-09-30T22:12:34.000Z');
});

test('derives by the policy of the deployment', async () => {
  const policy = { ...DEFAULT_POLICY, simulatorHoldHours: 5 };
  const ledger = new MemoryLedger();
  const text = `${HEAD}5.1.1,x,bounce@simulator.amazonses.com,1443651154\r\n`;
  await cli(['import', BOUNCES], { ledger, policy, files: { [BOUNCES]: text } });
  expect(ledger.items[0]?.until?.N).toBe(String(1443651154 + 5 * 3600));
});
