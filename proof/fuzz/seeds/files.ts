import type { Json } from '../json.ts';

const seed = (name: string, content: Json, args: readonly string[] = [], position?: Json): Json => ({
  name,
  args: [...args],
  content,
  ...(position === undefined ? {} : { position }),
});

const DAY = '2026-01-02T03:04:05Z';
const csv = (...rows: readonly Json[]): Json => ({ $csv: rows });
const ndjson = (...rows: readonly Json[]): Json => ({ $lines: rows.map((row): Json => ({ $json: row })) });

const OWN: Json = {
  address: 'pat@target.example',
  scope: '*',
  status: 'suppressed',
  reason: 'hard-bounce',
  since: DAY,
  until: null,
  evidence: [
    {
      id: 'e1#pat@target.example',
      at: DAY,
      rule: 'hard-bounce',
      reason: 'hard-bounce',
      type: 'Bounce',
      subtype: 'General',
    },
  ],
  operator: { action: 'add', by: 'pat', at: DAY, note: 'asked' },
  clearedAt: '2025-01-02T03:04:05Z',
};

const TALLY: Json = {
  rows: 1,
  written: 1,
  unchanged: 0,
  overruled: 0,
  blockedAgain: 0,
  rejected: 0,
  byCode: {},
  byReason: { 'hard-bounce *': 1 },
};

/** Files of every provider, of tables and of our own export, each with the options it is imported by. */
export const FILES: readonly Json[] = [
  seed(
    'list.csv',
    csv(
      ['EmailAddress', 'Reason', 'LastUpdateTime'],
      ['pat@target.example', 'BOUNCE', DAY],
      ['sam@target.example', 'COMPLAINT', DAY],
    ),
  ),
  seed('list.csv', csv(['pat@target.example', 'BOUNCE'], ['sam@target.example', 'COMPLAINT']), ['--from', 'ses']),
  seed(
    'suppression_bounces.csv',
    csv(['status', 'reason', 'email', 'created'], ['5.1.1', '550, "no" such user', 'pat@target.example', '1767323045']),
  ),
  seed(
    'suppression_blocks.csv',
    csv(['status', 'reason', 'email', 'created'], ['4.2.2', 'full', 'pat@target.example', '1767323045']),
  ),
  seed('spam_reports.csv', csv(['email', 'created'], ['pat@target.example', '1767323045']), ['--from', 'sendgrid']),
  seed('unsubscribes.csv', csv(['email', 'created'], ['pat@target.example', '1767323045']), [
    '--from',
    'sendgrid',
    '--scope',
    'newsletter',
  ]),
  seed(
    'bounces.csv',
    csv(
      ['address', 'code', 'error', 'created_at'],
      ['pat@target.example', '550', 'no such user', 'Fri, 02 Jan 2026 03:04:05 UTC'],
    ),
    ['--from', 'mailgun'],
  ),
  seed(
    'suppressions.csv',
    csv(
      ['EmailAddress', 'SuppressionReason', 'Origin', 'CreatedAt'],
      ['pat@target.example', 'HardBounce', 'Recipient', DAY],
      ['s@t.example', 'ManualSuppression', 'Recipient', DAY],
    ),
    ['--from', 'postmark', '--scope', 'newsletter'],
  ),
  seed(
    'old.csv',
    csv(
      ['Email', 'Created At', 'Why', 'Comment', 'List'],
      ['Pat <pat@target.example>', '02.01.2026', 'complaint', 'note', 'newsletter'],
    ),
    ['--map', 'address=Email,at="Created At",reason=Why,note=Comment,scope=List', '--rejects', 'rejects.csv'],
  ),
  seed('old.csv', { $lines: ['Email;Reason', 'pat@target.example;bounce', '"a;b";x', ''] }, [
    '--map',
    'address=Email,reason=Reason',
    '--at',
    '2026-01-02',
  ]),
  seed(
    'own.csv',
    csv(
      ['address', 'scope', 'status', 'reason', 'since', 'until', 'updatedAt'],
      ['pat@target.example', '*', 'suppressed', 'soft-bounce', DAY, DAY, DAY],
      ['sam@target.example', 'a b', 'allowed', '', DAY, '', DAY],
      ['ann@target.example', '*', 'watched', '', DAY, '', DAY],
    ),
  ),
  seed('own.ndjson', ndjson(OWN)),
  seed('own.ndjson', ndjson(OWN, OWN), ['--from', 'ses-suppressor', '--json', '--dry-run']),
  seed(
    'ses.json',
    {
      $json: {
        SuppressedDestinationSummaries: [{ EmailAddress: 'pat@target.example', Reason: 'BOUNCE', LastUpdateTime: DAY }],
      },
    },
    ['--from', 'ses'],
  ),
  seed('list.json', { $json: [{ email: 'pat@target.example', reason: 'bounce' }, { email: 'x' }] }, [
    '--map',
    'address=email,reason=reason',
    '--json',
  ]),
  seed('own.ndjson', ndjson(OWN), ['--resume', 'position'], {
    $json: { fingerprint: 'a'.repeat(64), rejectsBytes: 0, tally: TALLY },
  }),
  seed(
    'own.ndjson',
    ndjson(
      { address: 'pat@target.example', scope: '*', status: 'suppressed', reason: 'dead-domain', until: DAY },
      { address: 'x', evidence: [] },
    ),
  ),
  seed(
    'list.csv',
    csv(
      ['email', 'why', 'when', 'where'],
      ['pat@target.example', 'unsubscribe', '2999-01-01', 'a b'],
      ['pat@target.example', 'unsubscribe', '', ''],
      ['pat@target.example', 'nobody knows', 'x', ''],
      ['pat@target.example', 'hold', '', '*'],
    ),
    ['--map', 'address=email,reason=why,at=when,scope=where'],
  ),
  seed(
    'list.csv',
    { $join: ['email,reason\nsam@target.example,"bounce\npat@target.example,bounce\n"\nx@target.example,"bounce\n'] },
    ['--map', 'address=email,reason=reason'],
  ),
  seed(
    'list.ndjson',
    { $lines: [{ $json: { email: 'pat@target.example' } }, '{broken', { $json: { email: { $repeat: ['a', 2000] } } }] },
    ['--map', 'address=email', '--reason', 'manual'],
  ),
  seed('list.csv', '', ['--rejects', 'list.csv']),
  seed('list.csv', csv(['email'], ['pat@target.example']), ['--map', 'address=email', '--reason', 'unsubscribe']),
  seed('-', csv(['email'], ['pat@target.example']), ['--map', 'address=email', '--reason', 'manual']),
  seed(
    'wide.csv',
    {
      $utf16: {
        $csv: [
          ['email', 'reason'],
          ['pat@target.example', 'bounce'],
        ],
      },
    },
    ['--map', 'address=email,reason=reason'],
  ),
];
