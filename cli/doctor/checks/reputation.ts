import { SES_LINES } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';
import type { Check } from '../check.ts';
import { note, ok, type Said, unknown, wrong } from '../finding.ts';
import { configurationSets } from '../patient.ts';

const ACCOUNT = 'account';

const RATES = [
  ['bounce', 'Reputation.BounceRate', SES_LINES.bounces],
  ['complaint', 'Reputation.ComplaintRate', SES_LINES.complaints],
] as const;

const percent = (rate: number): string => `${Number((rate * 100).toFixed(3))} %`;

const judge = (kind: string, rate: number, { review, pause }: { review: number; pause: number }): Said => {
  const told = `has a ${kind} rate of ${percent(rate)}`;
  const fix = `See docs/runbook.md#the-${kind}-rate-rises.`;
  if (rate >= pause) return wrong(`${told}: from ${percent(pause)} on SES may pause the account`, fix);
  if (rate >= review) return wrong(`${told}: from ${percent(review)} on SES reviews the account`, fix);
  return rate >= review / 2 ? note(`${told}, and SES reviews the account from ${percent(review)} on`, fix) : ok(told);
};

/** SES's own rates against its lines, of the account and of the default configuration set. */
export const reputation: Check = {
  name: 'reputation',
  group: 'Sending',
  needs: ['cloudwatch:GetMetricData'],
  subjects: (patient) => [ACCOUNT, ...configurationSets(patient).slice(0, 1)],
  look: async ({ metrics, now }, about) => {
    const dimensions: Record<string, string> = about === ACCOUNT ? {} : { 'ses:configuration-set': about };
    const rates = await Promise.all(
      RATES.map(([, name]) => metrics.latest({ namespace: 'AWS/SES', name, dimensions }, now - DAY)),
    );
    const missing = RATES.filter((_, i) => rates[i] === null).map(([kind]) => kind);
    return [
      ...RATES.flatMap(([kind, , lines], i) => (typeof rates[i] === 'number' ? [judge(kind, rates[i], lines)] : [])),
      ...(missing.length === 0
        ? []
        : [
            unknown(
              `has no ${missing.join(' and no ')} rate of the last 24 hours: SES gives them while mail is sent`,
              'Look again when mail was sent.',
            ),
          ]),
    ];
  },
};
