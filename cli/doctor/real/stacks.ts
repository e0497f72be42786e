import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import { Output } from '../../../core/contract/index.ts';
import type { Stacks } from '../ports.ts';

/** What a stack has left behind is still told of for 90 days. */
const GONE = new Set(['DELETE_SKIPPED', 'DELETE_COMPLETE']);

const isUnknown = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/** CloudFormation's stacks in the Region of the client. */
export const realStacks = (client: CloudFormationClient): Stacks => ({
  async tablesOfStacks() {
    const tables = new Set<string>();
    for await (const { Stacks: stacks = [] } of paginateDescribeStacks({ client }, {}))
      for (const { Outputs = [], StackStatus } of stacks)
        for (const { OutputKey, OutputValue = '' } of Outputs)
          if (OutputKey === Output.TABLE_NAME && StackStatus !== 'DELETE_COMPLETE') tables.add(OutputValue);
    return tables;
  },
  async ownerOf(physicalId) {
    try {
      const { StackResources = [] } = await client.send(
        new DescribeStackResourcesCommand({ PhysicalResourceId: physicalId }),
      );
      const owned = StackResources.find(
        (each) => each.PhysicalResourceId === physicalId && !GONE.has(each.ResourceStatus ?? ''),
      );
      return owned?.StackName ?? null;
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  },
});
