import type { Line } from '../../core/rates/line-reached.ts';

/** A fraction in percent, with as many digits as SES's lines need. @example percent(0.0012) // '0.12 %' */
export const percent = (rate: number): string => `${Number((rate * 100).toPrecision(3))} %`;

/** What it means that a rate has reached a line, as a sentence about it goes on. */
export const LINE_SAYS: Readonly<Record<Line, string>> = {
  fine: 'is below half of the line at which SES reviews',
  half: 'is above half of the line at which SES reviews',
  review: 'is where SES reviews an account',
  pause: 'is where SES may pause an account',
};

const WHY_UNKNOWN: Readonly<Record<'off' | 'identities', string>> = {
  off: 'Ours are unknown: nothing came in that says how many mails there were; `"deliveries": true` tells.',
  identities:
    'Ours are unknown: deliveries are off, and of identities SES does not say how many mails it accepts; `"deliveries": true` tells.',
};

/** Why our rates are unknown where nothing tells how many mails there were. */
export const whyUnknown = (identities: boolean): string => WHY_UNKNOWN[identities ? 'identities' : 'off'];
