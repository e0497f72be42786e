import type { Told } from '../../../core/import/detect.ts';
import { detect } from '../../../core/import/detect.ts';

const named = (names: readonly string[], told: Told = {}): string => {
  const found = detect(names, told);
  return found.ok ? found.value.name : `${found.error.code}: ${found.error.message}`;
};

const BOUNCES = ['status', 'reason', 'email', 'created'];

test.each<[string, readonly string[], Told, string]>([
  ['the JSON that SES lists', ['EmailAddress', 'Reason', 'LastUpdateTime'], {}, 'ses account suppression list'],
  ['the JSON that SES imports', ['emailAddress', 'reason'], {}, 'ses account suppression list'],
  ['the CSV that SES imports', ['1', '2'], {}, 'ses import file without a head'],
  ['bounces by their name', BOUNCES, { fileName: 'suppression_bounces (1).csv' }, 'sendgrid bounces'],
  ['blocks by their name', BOUNCES, { fileName: 'suppression_blocks.csv' }, 'sendgrid blocks'],
  ['bounces by a reason', BOUNCES, { reason: 'hard-bounce' }, 'sendgrid bounces'],
  [
    'invalid addresses by their name',
    ['reason', 'email', 'created'],
    { fileName: 'suppression_invalid_emails.csv' },
    'sendgrid invalid addresses',
  ],
  ['invalid addresses', ['reason', 'email', 'created'], { from: 'sendgrid' }, 'sendgrid invalid addresses'],
  ['spam reports by their name', ['ip', 'email', 'created'], { fileName: 'spam_reports.csv' }, 'sendgrid spam reports'],
  ['spam reports', ['ip', 'email', 'created'], { from: 'sendgrid' }, 'sendgrid spam reports'],
  [
    'global unsubscribes',
    ['email', 'created'],
    { fileName: 'global_unsubscribes.csv' },
    'sendgrid global unsubscribes',
  ],
  ['group unsubscribes', ['email', 'group_id', 'group_name', 'created_at'], {}, 'sendgrid group unsubscribes'],
  ['bounces of Mailgun', ['address', 'code', 'error', 'created_at'], {}, 'mailgun bounces'],
  ['bounces of its API', ['address', 'code', 'error', 'created_at', 'MessageHash'], {}, 'mailgun bounces'],
  ['unsubscribes of Mailgun', ['address', 'tags', 'created_at'], {}, 'mailgun unsubscribes'],
  ['complaints of Mailgun', ['address', 'created_at'], { from: 'mailgun' }, 'mailgun complaints'],
  ['Postmark', ['EmailAddress', 'SuppressionReason', 'Origin', 'CreatedAt'], {}, 'postmark suppressions'],
  [
    'Postmark with words of one’s own',
    ['Email Address', 'Suppression Reason', 'Note'],
    { from: 'postmark' },
    'postmark suppressions',
  ],
  ['the blacklist of django-ses', ['email'], { from: 'django-ses' }, 'django-ses blacklist'],
  [
    'an own export',
    ['address', 'scope', 'status', 'reason', 'since', 'until', 'updatedAt'],
    {},
    'ses-suppressor own export',
  ],
])('knows %s', (_, names, told, name) => {
  expect(named(names, told)).toBe(name);
});

test.each<[string, readonly string[], Told, string]>([
  ['bounces and blocks apart', BOUNCES, {}, 'AmbiguousFile: these columns may be sendgrid bounces or sendgrid blocks'],
  [
    'what a plain list is',
    ['email', 'created'],
    {},
    'AmbiguousFile: these columns may be sendgrid spam reports or sendgrid global unsubscribes',
  ],
  ['a list of addresses', ['email'], {}, 'UnknownColumns: no file known by its columns has these: email'],
  [
    'addresses with a time',
    ['address', 'created_at'],
    {},
    'UnknownColumns: no file known by its columns has these: address, created_at',
  ],
  [
    'a table of one’s own',
    ['email', 'reason', 'created'],
    { fileName: 'own.csv' },
    'UnknownColumns: no file known by its columns has these: email, reason, created',
  ],
  [
    'who signed up',
    ['email', 'ip', 'created'],
    { fileName: 'subscribers.csv' },
    'UnknownColumns: no file known by its columns has these: email, ip, created',
  ],
  [
    'one of two columns',
    ['Email', 'Reason', 'E-Mail'],
    { map: { address: 'Email' }, reason: 'manual' },
    'AmbiguousColumn: these columns have the same name: Email, E-Mail',
  ],
  [
    'another provider’s file',
    ['Mail'],
    { from: 'mailgun' },
    'UnknownColumns: no file of mailgun that is known has these: Mail',
  ],
])('does not guess %s', (_, names, told, problem) => {
  expect(named(names, told)).toBe(problem);
});

test('takes columns as mapped, by whatever spelling', () => {
  const found = detect(['E-Mail', 'Created At', 'Typ'], {
    map: { address: 'e-mail', at: 'created_at', reason: 'Typ' },
  });
  expect(found.ok && found.value).toMatchObject({
    provider: 'other',
    columns: { address: 'email', at: 'createdat', reason: 'typ' },
  });
  const meaning = found.ok ? found.value.meaning : undefined;
  expect(typeof meaning === 'function' && meaning({ typ: 'Spam Complaint' })).toBe('complaint');
});

test('refuses a mapped column that is not there, and a map that gives no reason', () => {
  expect(named(['Mail'], { map: { address: 'Email' } })).toBe('NoSuchColumn: there is no column "Email"');
  expect(named(['Mail'], { map: { address: 'Mail' } })).toMatch(/^ReasonNeeded/);
  expect(named(['Mail'], { map: { address: 'Mail' }, reason: 'manual' })).toBe('columns as mapped');
});

test('says which columns there are, and which words may stand for a reason', () => {
  const remedy = (found: ReturnType<typeof detect>) => (found.ok ? '' : found.error.remedy);
  expect(remedy(detect(['Mail', 'Time'], { map: { address: 'Email' } }))).toBe('There are: Mail, Time.');
  expect(remedy(detect(['Mail'], { map: { address: 'Mail' } }))).toContain('--reason hard-bounce');
});

test('takes a file whose columns two providers have for that of the one who is named', () => {
  expect(named(['email', 'created', 'emailaddress', 'reason'], { from: 'ses' })).toBe('ses account suppression list');
  expect(named(['email', 'id'], { from: 'sendgrid' })).toMatch(/^UnknownColumns: no file of sendgrid/);
});
