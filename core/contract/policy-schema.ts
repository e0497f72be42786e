import * as v from 'valibot';
import { DEFAULT_POLICY } from './policy.ts';

/**
 * The schema of a policy: any subset of it, the rest by default. Unknown settings are refused. Made when it is asked for:
 * a function with the default policy needs none.
 *
 * @example v.parse(policySchema(), {}) // every default
 */
export const policySchema = () => {
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
  return v.strictObject({
    complaintScope: v.optional(v.picklist(['*', 'stream']), DEFAULT_POLICY.complaintScope),
    globalListHoldDays: v.optional(days, DEFAULT_POLICY.globalListHoldDays),
    validationHoldDays: v.optional(days, DEFAULT_POLICY.validationHoldDays),
    deadDomainHoldDays: v.optional(days, DEFAULT_POLICY.deadDomainHoldDays),
    deadAddressStatuses: v.optional(statuses, [...DEFAULT_POLICY.deadAddressStatuses]),
    deadDomainStatuses: v.optional(statuses, [...DEFAULT_POLICY.deadDomainStatuses]),
    softBounceWindowDays: v.optional(days, DEFAULT_POLICY.softBounceWindowDays),
    softBounceSteps: v.optional(
      v.pipe(
        v.array(softBounceStep),
        v.maxLength(12),
        v.check(
          (steps) => steps.every((step, i) => i === 0 || step.strikes > (steps[i - 1]?.strikes ?? 0)),
          'steps in ascending order of strikes, each once',
        ),
      ),
      [...DEFAULT_POLICY.softBounceSteps],
    ),
    simulatorHoldHours: v.optional(hours, DEFAULT_POLICY.simulatorHoldHours),
    whenListUnavailable: v.optional(v.picklist(['refuse', 'send']), DEFAULT_POLICY.whenListUnavailable),
  });
};
