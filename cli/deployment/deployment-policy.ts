import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as v from 'valibot';
import { DEFAULT_POLICY, Env, Output, type Policy, policySchema } from '../../core/contract/index.ts';
import { CliError } from '../cli-error.ts';
import { awsFault } from './aws-fault.ts';
import type { ClientConfig, Deployment } from './deployment.ts';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The policy that a function was given, as JSON; undefined if it was given none. */
export type AskFunction = (name: string, config: ClientConfig) => Promise<string | undefined>;

const askFunction: AskFunction = async (name, config) => {
  const client = new LambdaClient(config);
  try {
    const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    return found.Environment?.Variables?.[Env.POLICY];
  } catch (error) {
    throw awsFault(error);
  } finally {
    client.destroy();
  }
};

/** A policy too long for an output stands with the function that applies it. */
const writtenPolicy = (deployment: Deployment, ask: AskFunction): Promise<string | undefined> | string | undefined => {
  const output = deployment.output(Output.POLICY);
  const name = deployment.output(Output.FEEDBACK_FUNCTION_NAME);
  if (output !== undefined || name === undefined || deployment.local) return output;
  return ask(name, deployment.config('lambda'));
};

/**
 * The policy a deployment applies: what is written into the table must mean the same whoever writes it. A deployment
 * that does not say, such as a table by its name, has the default one.
 *
 * @param ask - reads the policy of the feedback function, where the stack's outputs do not hold it
 * @throws CliError `PolicyUnreadable` if it says something that this version does not understand; what AWS refused
 */
export const deploymentPolicy = async (deployment: Deployment, ask: AskFunction = askFunction): Promise<Policy> => {
  const text = await writtenPolicy(deployment, ask);
  if (text === undefined) return DEFAULT_POLICY;
  const read = v.safeParse(policySchema(), parse(text));
  if (read.success) return read.output;
  throw new CliError(
    'PolicyUnreadable',
    `the policy of ${deployment.name} cannot be read by this version`,
    'Use the command of the version that is deployed.',
  );
};
