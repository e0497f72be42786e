import type { Target } from '../../cli/deployment/target.ts';
import { Refusal } from './refusal.ts';

/**
 * What the commands ask of a deployment and not of a table by its name, which does not say what else there is.
 *
 * @throws Refusal `TableAlone`
 */
export const needsDeployment = ({ table, endpoint }: Target): void => {
  if (table === undefined || endpoint !== undefined) return;
  throw new Refusal(404, {
    code: 'TableAlone',
    message: 'the console was started with nothing but a table, which does not say what its deployment is made of',
    remedy: 'Start it with --stack in place of --table.',
  });
};
