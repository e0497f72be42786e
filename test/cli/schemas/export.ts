import * as v from 'valibot';

const time = v.pipe(v.string(), v.isoTimestamp());
const timeOrNull = v.nullable(time);

/** A whole entry, as `export --format ndjson` writes it. */
export const ExportLine = v.strictObject({
  address: v.pipe(v.string(), v.includes('@')),
  scope: v.pipe(v.string(), v.nonEmpty()),
  status: v.picklist(['suppressed', 'watched', 'allowed']),
  reason: v.nullable(v.string()),
  since: timeOrNull,
  until: timeOrNull,
  evidence: v.array(
    v.strictObject({
      id: v.string(),
      at: time,
      rule: v.string(),
      reason: v.string(),
      type: v.string(),
      subtype: v.exactOptional(v.string()),
      status: v.exactOptional(v.string()),
      messageId: v.exactOptional(v.string()),
      diagnostic: v.exactOptional(v.string()),
      reported: v.exactOptional(v.string()),
    }),
  ),
  deliveries: v.array(v.strictObject({ at: time, messageId: v.string() })),
  clearedAt: timeOrNull,
  forgottenAt: timeOrNull,
  operator: v.nullable(
    v.strictObject({ action: v.picklist(['remove', 'allow', 'add']), at: time, by: v.string(), note: v.string() }),
  ),
  updatedAt: time,
});
