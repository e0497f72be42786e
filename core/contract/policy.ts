import * as v from 'valibot';

const days = v.pipe(v.number(), v.minValue(0.001), v.maxValue(3650));
const hours = v.pipe(v.number(), v.minValue(0.001), v.maxValue(24 * 365));
const statuses = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'an enhanced status code such as 5.1.1'))),
  v.maxLength(50),
);

const softBounceStep = v.strictObject({
  /** Strike days that reach this step. */
  strikes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
  /** Days of the hold; `null` blocks without end. */
  holdDays: v.nullable(days),
});

/**
 * What the rules of the decision table leave open: every period, status list and scope. One validated object that the
 * stack passes to its functions; each field has the default the documentation names.
 *
 * @example v.parse(PolicySchema, {}) // every default
 */
export const PolicySchema = v.strictObject({
  /** Where a complaint blocks: `*` is every kind of mail, `stream` only the stream of the mail complained about. */
  complaintScope: v.optional(v.picklist(['*', 'stream']), '*'),
  /** Days a hit on SES's global list holds an address. */
  globalListHoldDays: v.optional(days, 14),
  /** Days SES's address validation holds an address. */
  validationHoldDays: v.optional(days, 30),
  /** Days a missing domain holds an address. */
  deadDomainHoldDays: v.optional(days, 30),
  /** Status codes that prove a dead address although SES called the bounce Transient or Undetermined. */
  deadAddressStatuses: v.optional(statuses, ['5.1.1', '5.1.3', '5.1.6', '5.1.10']),
  /** Status codes that say the domain is missing. */
  deadDomainStatuses: v.optional(statuses, ['5.1.2', '5.4.4']),
  /** Days before the newest strike in which older strikes count. */
  softBounceWindowDays: v.optional(days, 90),
  /** Strike days and the hold each count brings, ascending. */
  softBounceSteps: v.optional(
    v.pipe(
      v.array(softBounceStep),
      v.maxLength(12),
      v.check(
        (steps) => steps.every((step, i) => i === 0 || step.strikes > (steps[i - 1]?.strikes ?? 0)),
        'steps in ascending order of strikes, each once',
      ),
    ),
    [
      { strikes: 3, holdDays: 7 },
      { strikes: 4, holdDays: 14 },
      { strikes: 5, holdDays: 30 },
      { strikes: 6, holdDays: null },
    ],
  ),
  /** Hours that anything about a mailbox-simulator address lasts. */
  simulatorHoldHours: v.optional(hours, 1),
  /** What a send does when the list cannot be read: `refuse` it (fail closed) or `send` it unchecked. */
  whenListUnavailable: v.optional(v.picklist(['refuse', 'send']), 'refuse'),
});

/** A validated policy: periods in days or hours, see {@link PolicySchema}. */
export type Policy = v.InferOutput<typeof PolicySchema>;

/** What may be written in a configuration: any subset of {@link Policy}. */
export type PolicyInput = v.InferInput<typeof PolicySchema>;

/** The policy with every default. */
export const DEFAULT_POLICY: Policy = v.parse(PolicySchema, {});
