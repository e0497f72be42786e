import type { Columns, Row } from './columns.ts';
import { type Meaning, meaningOf } from './reason-words.ts';

/** Where a file may come from. */
export const PROVIDERS = ['ses', 'sendgrid', 'mailgun', 'postmark', 'django-ses', 'ses-suppressor'] as const;

export type Provider = (typeof PROVIDERS)[number];

/** One kind of file that a provider gives. */
export interface Format {
  readonly provider: Provider;
  /** What is in it, as people call it. */
  readonly what: string;
  /** Keys of the columns that must be there. */
  readonly needs: readonly string[];
  /** Keys of further columns that it may have. */
  readonly may: readonly string[];
  readonly columns: Columns;
  /** What every row means, or what one row means; undefined for a row that says nothing known. */
  readonly meaning: Meaning | ((row: Row) => Meaning | undefined);
  /** A part of the name under which the provider gives the file: tells apart what has the same columns. */
  readonly fileName?: RegExp;
  /** Whether only `--from` or the name of the file may choose it: its columns could be anybody's. */
  readonly onlyByName?: true;
  readonly source: string;
}

const SENDGRID = 'Twilio SendGrid, Suppressions: CSV downloads and the Suppression API';
const MAILGUN = 'Mailgun, Suppressions: import and list of bounces, complaints, unsubscribes';
const SES = 'Amazon SES Developer Guide, Using the account-level suppression list; API ListSuppressedDestinations';

const by =
  (column: string) =>
  (row: Row): Meaning | undefined =>
    meaningOf(row[column] ?? '');

/**
 * What Postmark's reason and origin mean: a manual suppression by the recipient is an unsubscribe, one by the customer or
 * by Postmark blocks all mail. Without an origin it may be either.
 */
const postmark = (row: Row): Meaning | undefined => {
  const meaning = meaningOf(row.suppressionreason ?? '');
  return meaning === 'manual' ? MANUAL_BY[row.origin?.trim().toLowerCase() ?? ''] : meaning;
};

const MANUAL_BY: Readonly<Record<string, Meaning>> = { recipient: 'unsubscribe', customer: 'manual', admin: 'manual' };

const SENDGRID_BOUNCE = { address: 'email', at: 'created', note: 'reason', status: 'status' } as const;

/** Every kind of file that is known by its columns. */
export const FORMATS: readonly Format[] = [
  {
    provider: 'ses',
    what: 'account suppression list',
    needs: ['emailaddress', 'reason'],
    may: ['lastupdatetime', 'tenantname', 'attributes'],
    columns: { address: 'emailaddress', reason: 'reason', at: 'lastupdatetime' },
    meaning: by('reason'),
    source: SES,
  },
  {
    provider: 'ses',
    what: 'import file without a head',
    needs: ['1', '2'],
    may: [],
    columns: { address: '1', reason: '2' },
    meaning: by('2'),
    source: SES,
  },
  {
    provider: 'sendgrid',
    what: 'bounces',
    needs: ['status', 'reason', 'email', 'created'],
    may: [],
    columns: SENDGRID_BOUNCE,
    meaning: 'hard-bounce',
    fileName: /bounce/i,
    source: SENDGRID,
  },
  {
    provider: 'sendgrid',
    what: 'blocks',
    needs: ['status', 'reason', 'email', 'created'],
    may: [],
    columns: SENDGRID_BOUNCE,
    meaning: 'no-suppression',
    fileName: /block/i,
    source: SENDGRID,
  },
  {
    provider: 'sendgrid',
    what: 'invalid addresses',
    needs: ['reason', 'email', 'created'],
    may: [],
    columns: { address: 'email', at: 'created', note: 'reason' },
    meaning: 'hard-bounce',
    fileName: /invalid/i,
    onlyByName: true,
    source: SENDGRID,
  },
  {
    provider: 'sendgrid',
    what: 'spam reports',
    needs: ['ip', 'email', 'created'],
    may: [],
    columns: { address: 'email', at: 'created' },
    meaning: 'complaint',
    fileName: /spam/i,
    onlyByName: true,
    source: SENDGRID,
  },
  {
    provider: 'sendgrid',
    what: 'spam reports',
    needs: ['email', 'created'],
    may: [],
    columns: { address: 'email', at: 'created' },
    meaning: 'complaint',
    fileName: /spam/i,
    source: SENDGRID,
  },
  {
    provider: 'sendgrid',
    what: 'global unsubscribes',
    needs: ['email', 'created'],
    may: [],
    columns: { address: 'email', at: 'created' },
    meaning: 'unsubscribe',
    fileName: /unsub/i,
    source: SENDGRID,
  },
  {
    provider: 'sendgrid',
    what: 'group unsubscribes',
    needs: ['email', 'groupid'],
    may: ['groupname', 'createdat', 'created'],
    columns: { address: 'email', at: 'createdat', note: 'groupname' },
    meaning: 'unsubscribe',
    source: SENDGRID,
  },
  {
    provider: 'mailgun',
    what: 'bounces',
    needs: ['address', 'code', 'error'],
    may: ['createdat', 'messagehash'],
    columns: { address: 'address', at: 'createdat', note: 'error' },
    meaning: 'hard-bounce',
    source: MAILGUN,
  },
  {
    provider: 'mailgun',
    what: 'unsubscribes',
    needs: ['address', 'tags'],
    may: ['createdat', 'id'],
    columns: { address: 'address', at: 'createdat', note: 'tags' },
    meaning: 'unsubscribe',
    source: MAILGUN,
  },
  {
    provider: 'mailgun',
    what: 'complaints',
    needs: ['address', 'createdat'],
    may: ['count'],
    columns: { address: 'address', at: 'createdat' },
    meaning: 'complaint',
    onlyByName: true,
    source: MAILGUN,
  },
  {
    provider: 'postmark',
    what: 'suppressions',
    needs: ['emailaddress', 'suppressionreason'],
    may: ['origin', 'createdat'],
    columns: { address: 'emailaddress', reason: 'suppressionreason', at: 'createdat' },
    meaning: postmark,
    source: 'Postmark Developer, Suppressions API: suppression dump',
  },
  {
    provider: 'django-ses',
    what: 'blacklist',
    needs: ['email'],
    may: ['id'],
    columns: { address: 'email' },
    meaning: 'manual',
    onlyByName: true,
    source: 'django-ses, model BlacklistedEmail',
  },
  {
    provider: 'ses-suppressor',
    what: 'own export',
    needs: ['address', 'scope', 'status', 'reason', 'since', 'until'],
    may: ['updatedat'],
    columns: { address: 'address', scope: 'scope', reason: 'reason', at: 'since' },
    meaning: by('reason'),
    source: 'docs/import-formats.md',
  },
];
