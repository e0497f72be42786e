import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import {
  type IdentityTopicProperties,
  type TableCheckProperties,
  WiringResource,
  wireId,
} from '../../core/contract/index.ts';
import type { IdentityDeps, WiringDeps } from './deps.ts';
import { unwireIdentity, wireIdentity } from './identity-topic.ts';
import { checkTable } from './table-check.ts';

const needed = (deps: IdentityDeps | null): IdentityDeps => {
  if (deps === null)
    throw new Error('this function has no topic and no memory of its own: IdentityWiring makes one that has');
  return deps;
};

/** CloudFormation takes no longer one. */
const ID_BYTES = 1024;

const nameOf = ({ ResourceType, ResourceProperties }: CloudFormationCustomResourceEvent): string | undefined => {
  const { Identity, NotificationType, TableName } = (ResourceProperties ?? {}) as unknown as Partial<
    IdentityTopicProperties & TableCheckProperties
  >;
  if (ResourceType === WiringResource.IDENTITY_TOPIC)
    return Identity === undefined || NotificationType === undefined ? undefined : wireId(Identity, NotificationType);
  return ResourceType === WiringResource.TABLE_CHECK && TableName !== undefined ? `check/${TableName}` : undefined;
};

/**
 * The name of the thing, the same for its whole life: an id that changes makes CloudFormation delete the old one. A resource
 * that names nothing, or something that cannot be there, is called as in the template.
 */
export const physicalId = (event: CloudFormationCustomResourceEvent): string => {
  const name = nameOf(event);
  return name !== undefined && Buffer.byteLength(name) <= ID_BYTES ? name : event.LogicalResourceId;
};

/**
 * Does what a custom resource asks for.
 *
 * @throws whatever went wrong, with a message for the person who deploys
 */
export const applyResource = async (event: CloudFormationCustomResourceEvent, deps: WiringDeps): Promise<void> => {
  switch (event.ResourceType) {
    case WiringResource.IDENTITY_TOPIC: {
      const wire = event.ResourceProperties as unknown as IdentityTopicProperties;
      if (event.RequestType === 'Delete') return unwireIdentity(wire, needed(deps.identity));
      const former = event.RequestType === 'Update' ? event.OldResourceProperties.TopicArn : undefined;
      return wireIdentity(wire, needed(deps.identity), former);
    }
    case WiringResource.TABLE_CHECK: {
      const { TableName } = event.ResourceProperties as unknown as TableCheckProperties;
      if (event.RequestType !== 'Delete') checkTable(TableName, await deps.tableShape(TableName));
      return;
    }
    default:
      throw new Error(
        `${event.ResourceType} is none of ${Object.values(WiringResource).join(', ')}: only the constructs of this project may use this function`,
      );
  }
};
