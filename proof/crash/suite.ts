import type { Scenario } from './explore.ts';
import { buildProgram, type Change, type Program } from './program.ts';
import { feedbackScenarios } from './scenarios-feedback.ts';
import { queueScenarios } from './scenarios-queue.ts';
import { sendScenarios } from './scenarios-send.ts';

/** The functions, and what each of them is put through. */
export interface Suite {
  readonly programs: readonly Program[];
  readonly scenarios: readonly Scenario[];
  readonly programOf: (scenario: Scenario) => Program;
}

/** Nothing is logged or counted on standard output: thousands of processes would. */
const QUIET = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

/**
 * Builds the functions, and makes the scenarios.
 *
 * @param changes - made in the source before, to see whether they are noticed
 */
export const loadSuite = async (changes: readonly Change[] = []): Promise<Suite> => {
  Object.assign(process.env, QUIET);
  const build = (name: string) => buildProgram(name, changes);
  const [feedback, send, queue] = await Promise.all([build('feedback'), build('send'), build('queue')]);
  const programs = [feedback, send, queue];
  const programOf = ({ program }: Scenario): Program => {
    const found = programs.find(({ name }) => name === program);
    if (found === undefined) throw new Error(`there is no function ${program}`);
    return found;
  };
  const scenarios = [...feedbackScenarios(feedback), ...sendScenarios(send, feedback), ...queueScenarios(feedback)];
  return { programs, programOf, scenarios };
};
