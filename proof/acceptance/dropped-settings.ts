import type { Resource, Template } from './fit-template.ts';
import { referred } from './wanted-settings.ts';

/** A setting of the template that ministack takes without a word and drops. */
export type Dropped =
  | { readonly kind: 'expiry'; readonly about: string; readonly attribute: string }
  | { readonly kind: 'recovery'; readonly about: string }
  | { readonly kind: 'deletion-protection'; readonly about: string }
  | { readonly kind: 'topic-key'; readonly about: string; readonly key: string };

interface GlobalTable {
  readonly TimeToLiveSpecification?: { readonly Enabled?: boolean; readonly AttributeName?: string };
  readonly Replicas?: readonly {
    readonly DeletionProtectionEnabled?: boolean;
    readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled?: boolean };
  }[];
}

const ofTable = (about: string, properties: GlobalTable): Dropped[] => {
  const { TimeToLiveSpecification: expiry, Replicas: [replica] = [] } = properties;
  const dropped: Dropped[] = [];
  if (expiry?.Enabled && expiry.AttributeName !== undefined)
    dropped.push({ kind: 'expiry', about, attribute: expiry.AttributeName });
  if (replica?.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled) dropped.push({ kind: 'recovery', about });
  if (replica?.DeletionProtectionEnabled) dropped.push({ kind: 'deletion-protection', about });
  return dropped;
};

const ofTopic = (about: string, { Properties }: Resource): Dropped[] => {
  const key = referred(Properties?.KmsMasterKeyId);
  return key === undefined ? [] : [{ kind: 'topic-key', about, key }];
};

/** All that a template sets and ministack 1.5.33 drops; `about` and `key` are logical ids. */
export const droppedSettings = ({ Resources }: Template): Dropped[] =>
  Object.entries(Resources).flatMap(([about, resource]) => {
    if (resource.Type === 'AWS::DynamoDB::GlobalTable') return ofTable(about, resource.Properties ?? {});
    return resource.Type === 'AWS::SNS::Topic' ? ofTopic(about, resource) : [];
  });
