import { printable } from '../output/printable.ts';
import { CHECKS } from './all-checks.ts';
import type { Check } from './check.ts';
import { type Finding, type Said, unknown } from './finding.ts';
import type { Patient } from './patient.ts';
import { NotHereLocally } from './ports.ts';
import { remembering } from './remembering.ts';

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
]);

/** AWS names the action it refuses. */
const ACTION = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/;

/** What kept a check from looking: never "ok". */
const saidOf = (fault: unknown, { needs }: Check): Said => {
  const error = fault instanceof Error ? fault : new Error(String(fault));
  if (error instanceof NotHereLocally) return { status: 'not-checked-locally', message: error.message, fix: null };
  const text = printable(error.message || error.name);
  if (!DENIED.has(error.name))
    return unknown(`could not look: ${text}`, 'Run it again; if it persists, look in the console of AWS.');
  const action = ACTION.exec(error.message)?.[1] ?? needs.join(', ');
  return unknown(
    `may not look: these credentials lack ${action}`,
    `Allow ${action}, or run it with other credentials.`,
  );
};

/** A command of the AWS CLI within a sentence. */
const AWS_COMMAND = /\baws (?=[a-z0-9]+ [a-z-]+ )/g;

/** The AWS CLI has a Region of its own, and knows no local cloud: what is pasted must not change another Region's settings. */
const located = (said: Said, { deployment: { local, region } }: Patient): Said => {
  if (said.fix === null || (!local && region === undefined)) return said;
  return { ...said, fix: said.fix.replace(AWS_COMMAND, local ? 'on AWS: aws ' : `aws --region ${region} `) };
};

const ask = async (check: Check, patient: Patient, about: string): Promise<Finding[]> => {
  const said = await check.look(patient, about).catch((fault: unknown) => saidOf(fault, check));
  return [said].flat().map((each) => ({ check: check.name, about, ...located(each, patient) }));
};

/**
 * Asks every check of everything it is about, side by side; a check that fails costs no other.
 *
 * @param onProgress - told how many answers there are, and of how many
 * @returns findings in the order of the checks
 */
export const diagnose = async (
  given: Patient,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Finding[]> => {
  const patient = remembering(given);
  const questions = CHECKS.flatMap((check) => check.subjects(patient).map((about) => ({ check, about })));
  let done = 0;
  const answers = questions.map(async ({ check, about }) => {
    const findings = await ask(check, patient, about);
    done += 1;
    onProgress(done, questions.length);
    return findings;
  });
  return (await Promise.all(answers)).flat();
};
