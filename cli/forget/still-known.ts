import { MESSAGES_DAYS } from '../../core/contract/index.ts';

/** Who still knows an address, or something of it, after `forget`; and until when. */
export const STILL_KNOWN: readonly (readonly [where: string, what: string])[] = [
  ['backups of the table', 'what it held: point-in-time recovery 35 days, backups you made until you delete them'],
  [
    'queues and dead-letter queues',
    'feedback and mails as they came, 14 days; what comes in later is kept without text',
  ],
  ['the table of sends', `answers with recipients, by the hash of an idempotency key, ${MESSAGES_DAYS} days`],
  ['logs', 'a keyed hash, one month; of a single send that failed, also the recipients its error names'],
  ["SES's own list", 'the address and a reason, until `ses-suppressor remove` or you take it off'],
  ['your files', 'exports, archives of feedback, rejects of imports'],
];
