import { columnKey } from '../../../core/import/columns.ts';
import { detect } from '../../../core/import/detect.ts';
import type { Provider } from '../../../core/import/formats.ts';
import { factsOfRow } from '../../../core/import/row-facts.ts';

const SETTINGS = { now: Date.UTC(2026, 10, 20), undatedAt: 0, scope: 'newsletter' };
const AT = '1443651154';

/** What a row teaches: where it holds, what it was read as, why it blocks, since when, and what the provider said. */
const taught = (columns: string, row: string, told: { fileName?: string; from?: Provider }): string => {
  const names = columns.split(' ');
  const found = detect(names, told);
  if (!found.ok) return found.error.code;
  const cells = row.split(' ').map((cell, n) => [columnKey(names[n] ?? ''), cell]);
  const facts = factsOfRow(Object.fromEntries(cells), found.value, SETTINGS);
  if (!facts.ok) return facts.error.code;
  const [evidence] = facts.value.evidence;
  const { subtype, reason, at = 0, diagnostic = '', status = '' } = evidence ?? {};
  return `${facts.value.address} ${facts.value.scope} ${subtype} ${reason} ${at / 1000} ${diagnostic} ${status}`.trim();
};

const named = (fileName: string) => ({ fileName });

test.each<[string, string, { fileName?: string; from?: Provider }, string]>([
  [
    'EmailAddress Reason LastUpdateTime TenantName Attributes',
    `a@b.example COMPLAINT ${AT} acme x`,
    {},
    `* ses account suppression list complaint ${AT}`,
  ],
  ['1 2', 'a@b.example BOUNCE', {}, '* ses import file without a head hard-bounce 0'],
  [
    'status reason email created',
    `5.1.1 gone a@b.example ${AT}`,
    named('Bounces.csv'),
    `* sendgrid bounces hard-bounce ${AT} gone 5.1.1`,
  ],
  ['status reason email created', `5.1.1 gone a@b.example ${AT}`, named('BLOCKS.csv'), 'NoSuppression'],
  [
    'reason email created',
    `gone a@b.example ${AT}`,
    named('invalid.csv'),
    `* sendgrid invalid addresses hard-bounce ${AT} gone`,
  ],
  ['ip email created', `1 a@b.example ${AT}`, named('spam.csv'), `* sendgrid spam reports complaint ${AT}`],
  ['email created', `a@b.example ${AT}`, named('spam.csv'), `* sendgrid spam reports complaint ${AT}`],
  [
    'email created',
    `a@b.example ${AT}`,
    named('unsubs.csv'),
    `newsletter sendgrid global unsubscribes unsubscribe ${AT}`,
  ],
  [
    'email group_id group_name created_at created',
    `a@b.example 7 Offers ${AT} 1`,
    {},
    `newsletter sendgrid group unsubscribes unsubscribe ${AT} Offers`,
  ],
  [
    'address code error created_at MessageHash',
    `a@b.example 550 gone ${AT} x`,
    {},
    `* mailgun bounces hard-bounce ${AT} gone`,
  ],
  [
    'address tags created_at id',
    `a@b.example all ${AT} 1`,
    {},
    `newsletter mailgun unsubscribes unsubscribe ${AT} all`,
  ],
  ['address created_at count', `a@b.example ${AT} 2`, { from: 'mailgun' }, `* mailgun complaints complaint ${AT}`],
  [
    'EmailAddress SuppressionReason Origin CreatedAt',
    `a@b.example ManualSuppression Admin ${AT}`,
    {},
    `newsletter postmark suppressions manual ${AT}`,
  ],
  ['email id', 'a@b.example 7', { from: 'django-ses' }, 'newsletter django-ses blacklist manual 0'],
  [
    'address scope status reason since until updatedAt',
    `a@b.example news suppressed complaint ${AT} 0 0`,
    {},
    `news ses-suppressor own export complaint ${AT}`,
  ],
])('reads %s', (columns, row, told, expected) => {
  const facts = taught(columns, row, told);
  expect(facts).toBe(expected.includes(' ') ? `a@b.example ${expected}` : expected);
});

test.each([
  ['email id', 'list.csv'],
  ['address created_at count', 'complaints.csv'],
  ['ip email created', 'people.csv'],
])('takes %s of %s for nobody’s, until somebody says whose', (columns, fileName) => {
  expect(taught(columns, 'x', { fileName })).toBe('UnknownColumns');
});

test.each(['EmailAddress Reason Shoe', '1 2 3', 'address tags shoe', 'email group_id shoe'])(
  'does not take %s for a file it knows: there is a column too many',
  (columns) => {
    expect(taught(columns, 'x', {})).toBe('UnknownColumns');
  },
);
