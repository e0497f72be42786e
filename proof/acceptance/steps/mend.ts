import { UpdateContinuousBackupsCommand, UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { claim } from '../acceptance-error.ts';
import { STACK } from '../cdk.ts';
import type { Cloud } from '../cloud.ts';
import { type Dropped, droppedSettings } from '../dropped-settings.ts';
import type { Stage } from '../stage.ts';

const set = async ({ dynamo, sns }: Cloud, dropped: Dropped, physical: (id: string) => string): Promise<unknown> => {
  const name = physical(dropped.about);
  switch (dropped.kind) {
    case 'expiry': {
      const TimeToLiveSpecification = { Enabled: true, AttributeName: dropped.attribute };
      return dynamo.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
    }
    case 'recovery': {
      const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
      return dynamo.send(new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification }));
    }
    case 'deletion-protection':
      return dynamo.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: true }));
    case 'topic-key': {
      const AttributeValue = physical(dropped.key);
      const change = { TopicArn: name, AttributeName: 'KmsMasterKeyId', AttributeValue };
      return sns.send(new SetTopicAttributesCommand(change));
    }
  }
};

/** Sets, by the services' own calls, what the template sets and ministack has dropped on the way. */
export const mend = async ({ standing, parts: { cloud } }: Stage): Promise<string> => {
  claim(standing !== undefined, 'nothing is deployed');
  const resources = new Map((await cloud.resources(STACK)).map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const dropped = droppedSettings(standing.original);
  for (const each of dropped) await set(cloud, each, (id) => resources.get(id) ?? id);
  return dropped
    .map(({ kind, about }) => `\n  set as the template says: ${kind} of ${about}`)
    .join('')
    .trimStart();
};
