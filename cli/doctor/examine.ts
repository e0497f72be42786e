import type { Dependencies } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { commandLine } from '../deployment/command-line.ts';
import type { Target } from '../deployment/target.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { diagnose } from './diagnose.ts';
import type { Finding } from './finding.ts';

interface Examination {
  /** Looked at beside those of the deployment. */
  readonly domains?: readonly string[];
  /** Told how many answers there are, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told of each command of this program that a finding may name. */
  readonly onCommand?: (line: string) => void;
}

/**
 * Opens a deployment and asks every check of it.
 *
 * @throws CliError what kept it from being opened
 */
export const examine = (
  target: Target,
  { openDoctor, now }: Pick<Dependencies, 'openDoctor' | 'now'>,
  { domains = [], onProgress, onCommand }: Examination = {},
): Promise<readonly Finding[]> => {
  const line = (command: string): string => {
    const words = commandLine(command, target);
    onCommand?.(words);
    return words;
  };
  return withOpened(openDoctor, target, ({ deployment, ports }) =>
    diagnose({ ...ports, deployment, domains, commandLine: line, now: now() }, onProgress),
  ).catch((fault: unknown) => Promise.reject(awsFault(fault)));
};
