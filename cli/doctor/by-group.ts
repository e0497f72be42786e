import { CHECKS } from './all-checks.ts';
import { type Check, GROUPS } from './check.ts';
import type { Finding } from './finding.ts';

const groupOf = (check: string): Check['group'] | undefined => CHECKS.find(({ name }) => name === check)?.group;

/** Findings under their headings, in the order of the report; a heading without a finding is left out. */
export const byGroup = (
  findings: readonly Finding[],
): (readonly [group: Check['group'], findings: readonly Finding[]])[] =>
  GROUPS.map((group) => [group, findings.filter(({ check }) => groupOf(check) === group)] as const).filter(
    ([, here]) => here.length > 0,
  );
