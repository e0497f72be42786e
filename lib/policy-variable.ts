import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import * as v from 'valibot';
import { Env, type PolicyInput, policySchema } from '../core/contract/index.ts';
import { explain } from './explain.ts';

/**
 * Tells a function the policy, as it was written: what it leaves out stays at the default of the version that runs.
 *
 * @throws if the policy is not valid; the message names the path, the value and the remedy
 */
export const passPolicy = (fn: LambdaFunction, policy: PolicyInput | undefined): void => {
  if (policy === undefined) return;
  const parsed = v.safeParse(policySchema(), policy);
  if (!parsed.success) throw new Error(explain('policy', policySchema(), parsed.issues));
  fn.addEnvironment(Env.POLICY, JSON.stringify(policy));
};
