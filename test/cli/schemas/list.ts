import * as v from 'valibot';
import { BLOCKING_REASONS } from '../../../core/entry/entry.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

const Entry = v.strictObject({
  address: v.pipe(v.string(), v.includes('@')),
  scope: v.pipe(v.string(), v.nonEmpty()),
  status: v.picklist(['suppressed', 'allowed']),
  reason: v.nullable(v.picklist(BLOCKING_REASONS)),
  since: v.nullable(time),
  until: v.nullable(time),
  updatedAt: time,
  ended: v.boolean(),
});

/** A line of `list --json`: an entry, or how to go on. */
export const ListLine = v.union([Entry, v.strictObject({ next: v.pipe(v.string(), v.regex(/^[\w-]+$/)) })]);
