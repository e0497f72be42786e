import type { Check } from '../check.ts';
import { ok, wrong } from '../finding.ts';
import type { Patient } from '../patient.ts';

const isNoSuchHost = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === 'ENOTFOUND';

const here = ({ deployment }: Patient): string => deployment.region ?? 'this Region';

/** Whether the Region has an SES: where it has none, its address does not exist. */
export const region: Check = {
  name: 'region',
  group: 'Account',
  needs: ['ses:GetAccount'],
  subjects: (patient) => [here(patient)],
  look: async (patient) => {
    try {
      await patient.ses.account();
      return ok('has SES');
    } catch (error) {
      if (!isNoSuchHost(error)) throw error;
      return wrong(
        'has no SES: its address cannot be found',
        'Deploy into a Region with SES (docs/configuration.md), or check the name server of this machine.',
      );
    }
  },
};
