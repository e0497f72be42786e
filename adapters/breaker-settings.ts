import * as v from 'valibot';
import { type BreakerSettings, Env } from '../core/contract/index.ts';
import { type Environment, EnvironmentIncomplete, required } from './environment.ts';

const schema = v.strictObject({
  bounceRate: v.number(),
  complaintRate: v.number(),
  minimumVolume: v.number(),
  minimumEvents: v.number(),
  account: v.boolean(),
  volume: v.picklist(['Delivery', 'Send']),
  ownRates: v.boolean(),
  countedIn: v.exactOptional(v.string()),
});

/**
 * The settings of the circuit breaker that the stack passes; its construct has checked them.
 *
 * @throws EnvironmentIncomplete if the variable is missing or holds anything else
 */
export const breakerSettings = (env: Environment): BreakerSettings => {
  const raw = required(env, Env.BREAKER);
  try {
    return v.parse(schema, JSON.parse(raw));
  } catch (cause) {
    throw new EnvironmentIncomplete(`${Env.BREAKER} holds no settings; deploy the stack again`, { cause });
  }
};
