import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as v from 'valibot';
import { Output } from '../../core/contract/index.ts';
import { CliError } from '../cli-error.ts';
import type { OpenedSender, Sent } from '../dependencies.ts';
import { printable } from '../output/printable.ts';
import { awsFault } from './aws-fault.ts';
import { findDeployment } from './deployment.ts';
import { functionFailure, parsedJson } from './function-failure.ts';
import type { Target } from './target.ts';

const REMEDY = 'Is it a stack of this project that sends, and did its deployment succeed?';
/** The function itself has two minutes. */
const PATIENCE_MS = 130_000;

const Answer = v.object({
  status: v.picklist(['sent', 'partly-sent', 'suppressed']),
  suppressed: v.array(v.object({ address: v.string(), reason: v.string() })),
});

const LOGS = 'Look at the log group of the send function.';

const answerOf = (text: string): Sent => {
  const answer = v.safeParse(Answer, parsedJson(text));
  if (answer.success) return { ok: true, ...answer.output };
  throw new CliError(
    'AnswerUnreadable',
    `the send function answered what this version cannot read: ${printable(text)}`,
    'Use the command of the version that is deployed.',
  );
};

const invokeFault = (error: unknown): CliError => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'ResourceNotFoundException')
    return new CliError('FunctionNotFound', 'the send function does not exist', 'Deploy the stack again.');
  if (name === 'AccessDeniedException')
    return new CliError(
      'AccessDenied',
      (error as Error).message,
      'Ask for lambda:InvokeFunction on the send function.',
    );
  return awsFault(error);
};

/**
 * Finds the send function of a deployment. A request is given to it once: a repeat could mail twice.
 *
 * @throws CliError `DeploymentLacks`, or what kept it from being found
 */
export const openSender = async (target: Target): Promise<OpenedSender> => {
  const deployment = await findDeployment(target);
  const FunctionName = deployment.need(Output.SEND_FUNCTION_NAME, REMEDY);
  const client = new LambdaClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3000, requestTimeout: PATIENCE_MS, throwOnRequestTimeout: true },
    ...deployment.config('lambda'),
  });
  return {
    senders: deployment.output(Output.SENDERS),
    async send(request) {
      const asked = new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(request)) });
      const { FunctionError, Payload } = await client.send(asked).catch((error: unknown) => {
        throw invokeFault(error);
      });
      const text = Payload?.transformToString() ?? '';
      return FunctionError === undefined ? answerOf(text) : { ok: false, ...functionFailure(text, LOGS) };
    },
    close: () => client.destroy(),
  };
};
