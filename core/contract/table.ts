/** Attribute names of the suppression table: the public contract that any language may read. */
export const Attribute = {
  ADDRESS: 'address',
  SCOPE: 'scope',
  STATUS: 'status',
  REASON: 'reason',
  SINCE: 'since',
  UNTIL: 'until',
  EVIDENCE: 'evidence',
  DELIVERIES: 'deliveries',
  CLEARED_AT: 'clearedAt',
  FORGOTTEN_AT: 'forgottenAt',
  OPERATOR: 'operator',
  VERSION: 'version',
  UPDATED_AT: 'updatedAt',
  BUCKET: 'bucket',
  EXPIRES_AT: 'expiresAt',
} as const;

/** The index that lists the newest changes first without a scan. */
export const RecentIndex = {
  NAME: 'recent',
  PARTITION_KEY: Attribute.BUCKET,
  SORT_KEY: Attribute.UPDATED_AT,
  PROJECTED: [Attribute.STATUS, Attribute.REASON, Attribute.SINCE, Attribute.UNTIL],
  /** Buckets a month is spread over. */
  SHARDS: 8,
} as const;

/** The scope that holds for every kind of mail. */
export const EVERYWHERE = '*';
