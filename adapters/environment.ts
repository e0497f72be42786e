import * as v from 'valibot';
import { DEFAULT_POLICY, Env, type Policy, policySchema } from '../core/contract/index.ts';

/** What `process.env` is. */
export type Environment = { readonly [name: string]: string | undefined };

/** A function was started without what the stack sets. */
export class EnvironmentIncomplete extends Error {
  override readonly name = 'EnvironmentIncomplete';
  readonly code = 'EnvironmentIncomplete';
}

/**
 * The value of a variable that the stack sets.
 *
 * @throws EnvironmentIncomplete naming the variable and the remedy
 * @example required(process.env, Env.TABLE) // 'Suppressor-Table-1X2Y3Z'
 */
export const required = (env: Environment, name: string): string => {
  const value = env[name];
  if (value === undefined || value === '')
    throw new EnvironmentIncomplete(
      `${name} is not set: the constructs' grant methods set it; on a laptop use \`npm start\``,
    );
  return value;
};

/**
 * The policy the stack passes, every default where it passes none.
 *
 * @throws EnvironmentIncomplete if the variable holds anything but a policy
 */
export const policyFrom = (env: Environment): Policy => {
  const raw = env[Env.POLICY];
  if (raw === undefined || raw === '') return DEFAULT_POLICY;
  try {
    return v.parse(policySchema(), JSON.parse(raw));
  } catch (cause) {
    throw new EnvironmentIncomplete(`${Env.POLICY} holds no policy; deploy the stack again`, { cause });
  }
};
