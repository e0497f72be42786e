import { type Instant, SECOND } from '../../core/instant.ts';
import type { SendFailure } from '../../core/send/failure.ts';

/** How long SES is not asked again after it has refused whoever asks. */
const REFUSED_MS = 60 * SECOND;
const EVERYBODY = '';

/** What SES refuses for a while, whatever the mail is: a spent daily quota, a paused account or configuration set. */
export interface Refusals {
  /** Why mails with this configuration set need not be tried now; undefined: they may. */
  of(configurationSet: string): SendFailure | undefined;
  /** Takes note of a failure, if it is of this kind. */
  note(failure: SendFailure, configurationSet: string): void;
}

/** Remembered by one environment: each one asks SES about once a minute. */
export const makeRefusals = (now: () => Instant): Refusals => {
  const refused = new Map<string, { readonly failure: SendFailure; readonly until: Instant }>();
  return {
    of: (configurationSet) => {
      for (const whom of [EVERYBODY, configurationSet]) {
        const found = refused.get(whom);
        if (found !== undefined && found.until > now()) return found.failure;
      }
      return undefined;
    },
    note: (failure, configurationSet) => {
      const { code } = failure;
      if (code !== 'QuotaExceeded' && code !== 'SendingPaused') return;
      refused.set(code === 'QuotaExceeded' ? EVERYBODY : configurationSet, { failure, until: now() + REFUSED_MS });
    },
  };
};
