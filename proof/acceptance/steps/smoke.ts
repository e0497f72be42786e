import { claim } from '../acceptance-error.ts';
import type { Stage } from '../stage.ts';

interface SmokeStep {
  readonly step: string;
  readonly ok: boolean;
}

/** `ses-suppressor smoke` against the deployed stack. */
export const smoke = async (stage: Stage): Promise<string> => {
  const { stdout } = await stage.cli('smoke', ['--json', '--timeout', '60']);
  const steps = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SmokeStep);
  claim(steps.length > 0 && steps.every(({ ok }) => ok), `every step of smoke should be ok, but: ${stdout}`);
  return `${steps.length} steps ok`;
};
