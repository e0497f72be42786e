import * as v from 'valibot';

const time = v.pipe(v.string(), v.isoTimestamp());
const timeOrNull = v.nullable(time);
const address = v.pipe(v.string(), v.includes('@'));
const scope = v.pipe(v.string(), v.nonEmpty());
const action = v.picklist(['add', 'allow', 'remove']);
const error = v.strictObject({ code: v.string(), message: v.pipe(v.string(), v.nonEmpty()) });

/** An entry that a person decided about. */
export const DecisionLine = v.strictObject({
  address,
  scope,
  action,
  outcome: v.picklist(['written', 'unchanged']),
  status: v.picklist(['suppressed', 'watched', 'allowed']),
  reason: v.nullable(v.string()),
  since: timeOrNull,
  until: timeOrNull,
});

/** SES's list of one Region, as `remove` found and left it. */
export const SesListLine = v.strictObject({
  address,
  region: v.string(),
  outcome: v.picklist(['cleared', 'absent', 'closed', 'failed']),
  spellings: v.array(v.string()),
  error: v.exactOptional(error),
});

const FailedLine = v.strictObject({ address, scope, action, error });
const UnusableLine = v.strictObject({ address: v.null(), given: v.string(), action, error });

export const DecideLine = v.union([DecisionLine, SesListLine, FailedLine, UnusableLine]);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One entry of a selection. */
export const SelectionLine = v.variant('kind', [
  v.strictObject({ kind: v.literal('selected'), address, scope, reason: v.string(), since: time }),
  v.strictObject({
    kind: v.literal('kept'),
    address,
    scope,
    reason: v.string(),
    why: v.picklist(['reason', 'earlier', 'later', 'words']),
    since: time,
  }),
  v.strictObject({ kind: v.literal('removed'), address, scope, spellings: v.array(v.string()) }),
  v.strictObject({ kind: v.literal('changed'), address, scope }),
  v.strictObject({ kind: v.literal('failed'), address, scope, error }),
]);

/** The counts of a selection, in the end. */
export const SelectionCounts = v.strictObject({
  selected: count,
  kept: count,
  removed: count,
  changed: count,
  failed: count,
  keptFor: v.record(v.string(), count),
  acted: v.boolean(),
});

/** One entry, as `forget` names it. */
export const ForgetLine = v.strictObject({
  address,
  scope,
  action: v.picklist(['forget', 'unblock']),
  acted: v.boolean(),
  status: v.nullable(v.picklist(['suppressed', 'watched', 'allowed'])),
  reason: v.nullable(v.string()),
  since: timeOrNull,
  until: timeOrNull,
  texts: v.nullable(v.strictObject({ diagnostics: count, reported: count, operator: v.boolean(), note: v.boolean() })),
});
