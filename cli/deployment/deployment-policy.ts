import * as v from 'valibot';
import { DEFAULT_POLICY, Output, type Policy, policySchema } from '../../core/contract/index.ts';
import { CliError } from '../cli-error.ts';
import type { Deployment } from './deployment.ts';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The policy a deployment applies: what is written into the table must mean the same whoever writes it. A deployment
 * that does not say, such as a table by its name, has the default one.
 *
 * @throws CliError `PolicyUnreadable` if it says something that this version does not understand
 */
export const deploymentPolicy = (deployment: Deployment): Policy => {
  const text = deployment.output(Output.POLICY);
  if (text === undefined) return DEFAULT_POLICY;
  const read = v.safeParse(policySchema(), parse(text));
  if (read.success) return read.output;
  throw new CliError(
    'PolicyUnreadable',
    `the policy of ${deployment.name} cannot be read by this version`,
    'Use the command of the version that is deployed.',
  );
};
