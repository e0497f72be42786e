import type { Check } from '../check.ts';
import { note, ok, wrong } from '../finding.ts';
import { pausedBy } from './paused-by.ts';

const NEEDS = ['ses:GetAccount'];
const subjects = () => ['account'];
const inNumbers = (count: number): string => count.toLocaleString('en');

/** Whether the account may mail anybody, or verified addresses only. */
export const sandbox: Check = {
  name: 'sandbox',
  group: 'Account',
  needs: NEEDS,
  subjects,
  look: async ({ ses }) =>
    (await ses.account()).production
      ? ok('has production access')
      : note(
          'is in the sandbox: it mails verified addresses and the mailbox simulator only, 200 a day',
          'Request production access in the SES console of this Region.',
        ),
};

/** What SES thinks of the account. */
export const enforcement: Check = {
  name: 'enforcement',
  group: 'Account',
  needs: NEEDS,
  subjects,
  look: async ({ ses }) => {
    const { enforcement: standing } = await ses.account();
    if (standing === 'HEALTHY') return ok('is in good standing with SES');
    if (standing === 'PROBATION')
      return wrong(
        'is under review by SES (PROBATION)',
        'Read the notice of SES and docs/runbook.md#ses-reviews-the-account.',
      );
    return wrong(
      `was paused by SES (${standing}): nothing is sent`,
      'Answer in the Support Center, see docs/runbook.md#ses-has-paused-the-account.',
    );
  },
};

/** Whether the account sends, if SES lets it. */
export const accountSending: Check = {
  name: 'account-sending',
  group: 'Account',
  needs: [...NEEDS, 'dynamodb:GetItem'],
  subjects,
  look: async (patient) => {
    const { sendingEnabled, enforcement: standing } = await patient.ses.account();
    if (sendingEnabled) return ok('sends');
    // `enforcement` says so, and nobody but SES can change it
    if (standing === 'SHUTDOWN') return [];
    return wrong(
      `is paused${await pausedBy(patient, { kind: 'account' })}`,
      `When the cause is gone: ${patient.commandLine('resume --account')}`,
    );
  },
};

const NEARLY = 0.8;

/** How much of the daily quota is used. */
export const quota: Check = {
  name: 'quota',
  group: 'Account',
  needs: NEEDS,
  subjects,
  look: async ({ ses }) => {
    const { max24Hours, sent24Hours } = (await ses.account()).quota;
    if (max24Hours < 0) return ok('has no daily quota');
    const used = `has used ${inNumbers(sent24Hours)} of ${inNumbers(max24Hours)} recipients in 24 hours`;
    const fix = 'Ask for more in Service Quotas; the send queue waits meanwhile.';
    if (sent24Hours >= max24Hours) return wrong(used, fix);
    return sent24Hours >= NEARLY * max24Hours ? note(used, fix) : ok(used);
  },
};

/** Whether SES withholds by itself what bounced or complained. */
export const accountSuppression: Check = {
  name: 'account-suppression',
  group: 'Account',
  needs: NEEDS,
  subjects,
  look: async ({ ses }) => {
    const { suppressedReasons } = await ses.account();
    const missing = ['BOUNCE', 'COMPLAINT'].filter((reason) => !suppressedReasons.includes(reason));
    return missing.length === 0
      ? ok('has its own suppression list on, for bounces and complaints')
      : note(
          `has its own suppression list off for ${missing.join(' and ')}: mail past the send function is not stopped`,
          'aws sesv2 put-account-suppression-attributes --suppressed-reasons BOUNCE COMPLAINT',
        );
  },
};
