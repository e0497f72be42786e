import * as v from 'valibot';
import { DEFAULT_POLICY } from './policy.ts';

/**
 * The schema of a policy: any subset of it, the rest by default. Unknown settings are refused. Made when it is asked for:
 * a function with the default policy needs none.
 *
 * @example v.parse(policySchema(), {}) // every default
 */
export const policySchema = () => {
  const between = (least: number, most: number, unit: string) => {
    const wanted = `expected a number of ${unit} from ${least} to ${most}`;
    return v.pipe(v.number(wanted), v.minValue(least, wanted), v.maxValue(most, wanted));
  };
  const days = between(0.001, 3650, 'days');
  const hours = between(0.001, 24 * 365, 'hours');
  const code = 'expected an enhanced status code such as 5.1.1';
  const codes = 'expected a list of at most 50 enhanced status codes such as 5.1.1';
  const statuses = v.pipe(
    v.array(v.pipe(v.string(code), v.regex(/^[245]\.\d{1,3}\.\d{1,3}$/, code)), codes),
    v.maxLength(50, codes),
  );
  const strikeDays = 'expected a whole number of strike days from 1 to 12';
  const steps = 'expected at most 12 steps in ascending order of strikes, each once';

  const softBounceStep = v.strictObject({
    /** Strike days that reach this step. */
    strikes: v.pipe(v.number(strikeDays), v.integer(strikeDays), v.minValue(1, strikeDays), v.maxValue(12, strikeDays)),
    /** Days of the hold; `null` blocks without end. */
    holdDays: v.nullable(days),
  });
  return v.strictObject({
    complaintScope: v.optional(v.picklist(['*', 'stream'], 'expected "*" or "stream"'), DEFAULT_POLICY.complaintScope),
    globalListHoldDays: v.optional(days, DEFAULT_POLICY.globalListHoldDays),
    validationHoldDays: v.optional(days, DEFAULT_POLICY.validationHoldDays),
    deadDomainHoldDays: v.optional(days, DEFAULT_POLICY.deadDomainHoldDays),
    deadAddressStatuses: v.optional(statuses, [...DEFAULT_POLICY.deadAddressStatuses]),
    deadDomainStatuses: v.optional(statuses, [...DEFAULT_POLICY.deadDomainStatuses]),
    softBounceWindowDays: v.optional(days, DEFAULT_POLICY.softBounceWindowDays),
    softBounceSteps: v.optional(
      v.pipe(
        v.array(softBounceStep, steps),
        v.maxLength(12, steps),
        v.check((steps) => steps.every((step, i) => i === 0 || step.strikes > (steps[i - 1]?.strikes ?? 0)), steps),
      ),
      [...DEFAULT_POLICY.softBounceSteps],
    ),
    simulatorHoldHours: v.optional(hours, DEFAULT_POLICY.simulatorHoldHours),
    whenListUnavailable: v.optional(
      v.picklist(['refuse', 'send'], 'expected "refuse" or "send"'),
      DEFAULT_POLICY.whenListUnavailable,
    ),
  });
};
