import type { Check } from '../check.ts';
import { note, ok, wrong } from '../finding.ts';
import { NotHereLocally } from '../ports.ts';

/** Whether the last deployment went through. */
export const stack: Check = {
  name: 'stack',
  group: 'Account',
  needs: ['cloudformation:DescribeStacks'],
  subjects: ({ deployment }) => [deployment.name],
  look: async ({ deployment }) => {
    if (deployment.local) throw new NotHereLocally('there is no CloudFormation');
    const status = deployment.status ?? 'no status';
    const failed = 'Read its events: npx cdk deploy shows them again.';
    if (/FAILED|ROLLBACK/.test(status)) return wrong(`its last deployment did not go through (${status})`, failed);
    if (/IN_PROGRESS$/.test(status)) return note(`is being changed (${status}): what is said below may not last`);
    return /_COMPLETE$/.test(status)
      ? ok(`is deployed (${status})`)
      : wrong(`is in no usable state (${status})`, failed);
  },
};
