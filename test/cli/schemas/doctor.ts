import * as v from 'valibot';
import { FINDING_STATUSES } from '../../../cli/doctor/finding.ts';

/** A line of `doctor --json`. */
export const DoctorLine = v.pipe(
  v.strictObject({
    check: v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)*$/)),
    status: v.picklist(FINDING_STATUSES),
    about: v.pipe(v.string(), v.minLength(1)),
    message: v.pipe(v.string(), v.minLength(1)),
    fix: v.nullable(v.pipe(v.string(), v.minLength(1))),
  }),
  v.check(({ status, fix }) => !['wrong', 'unknown'].includes(status) || fix !== null, 'what is wrong needs a fix'),
);
