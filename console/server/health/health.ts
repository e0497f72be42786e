import type { Dependencies } from '../../../cli/dependencies.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { byGroup } from '../../../cli/doctor/by-group.ts';
import { examine } from '../../../cli/doctor/examine.ts';
import type { Finding } from '../../../cli/doctor/finding.ts';
import { short } from '../../../cli/doctor/report.ts';
import { summaryOf } from '../../../cli/doctor/summary.ts';
import { toIso } from '../../../core/instant.ts';
import type { FindingView, Health } from '../../api.ts';
import { commandsIn } from './commands-in.ts';

const viewOf = (group: string, { check, status, about, message, fix }: Finding, own: Set<string>): FindingView => ({
  check,
  group,
  status,
  about: short(about),
  message,
  fix,
  commands: fix === null ? [] : commandsIn(fix, own),
});

/**
 * What `doctor` finds, as the page shows it.
 *
 * @throws CliError what kept the deployment from being opened
 */
export const readHealth = async (target: Target, deps: Pick<Dependencies, 'openDoctor' | 'now'>): Promise<Health> => {
  const at = toIso(deps.now());
  const own = new Set<string>();
  const findings = await examine(target, deps, { onCommand: (line) => own.add(line) });
  return {
    at,
    summary: summaryOf(findings),
    findings: byGroup(findings).flatMap(([group, here]) => here.map((each) => viewOf(group, each, own))),
  };
};
