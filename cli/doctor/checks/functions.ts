import { Output } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';
import type { Check } from '../check.ts';
import { note, ok, type Said, wrong } from '../finding.ts';
import { outputs, type Patient } from '../patient.ts';

const NEEDS = ['cloudwatch:GetMetricData'];

const all = (patient: Patient): string[] =>
  outputs(patient, [Output.FEEDBACK_FUNCTION_NAME, Output.SEND_FUNCTION_NAME, Output.BREAKER_FUNCTION_NAME]);

const inADay = ({ metrics, now }: Patient, metric: string, FunctionName: string): Promise<number> =>
  metrics.sum({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName } }, now - DAY);

const times = (count: number): string => `${count.toLocaleString('en')} time${count === 1 ? '' : 's'}`;

const errorsOf = (count: number, isSender: boolean, { commandLine }: Patient): Said => {
  if (count === 0) return ok('did not fail in 24 hours');
  // a request it refuses is a failed invocation, so that callers see it
  return isSender
    ? note(
        `failed ${times(count)} in 24 hours; a refused request counts as well`,
        `${commandLine('stats')} shows them by code.`,
      )
    : wrong(`failed ${times(count)} in 24 hours`, 'Look at its log group, see docs/runbook.md#a-function-fails.');
};

/** Whether the functions fail. */
export const functionErrors: Check = {
  name: 'function-errors',
  group: 'Functions',
  needs: NEEDS,
  subjects: all,
  look: async (patient, name) =>
    errorsOf(
      await inADay(patient, 'Errors', name),
      name === patient.deployment.output(Output.SEND_FUNCTION_NAME),
      patient,
    ),
};

/** Whether Lambda lets the functions run. */
export const functionThrottles: Check = {
  name: 'function-throttles',
  group: 'Functions',
  needs: NEEDS,
  subjects: all,
  look: async (patient, name) => {
    const count = await inADay(patient, 'Throttles', name);
    return count === 0
      ? ok('was never throttled in 24 hours')
      : wrong(
          `was throttled ${times(count)} in 24 hours`,
          'Raise the concurrency of the account, or reserve some for it; see docs/runbook.md#a-function-fails.',
        );
  },
};
