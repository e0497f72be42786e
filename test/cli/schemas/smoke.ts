import * as v from 'valibot';
import { STEPS } from '../../../cli/smoke/step.ts';

/** A line of `smoke --json`. */
export const SmokeLine = v.pipe(
  v.strictObject({
    step: v.picklist(STEPS),
    address: v.pipe(v.string(), v.regex(/^[a-z]+\+smoke-[0-9a-f-]+@simulator\.amazonses\.com$/)),
    ok: v.boolean(),
    ms: v.pipe(v.number(), v.integer(), v.minValue(0)),
    message: v.pipe(v.string(), v.minLength(1)),
    fix: v.nullable(v.pipe(v.string(), v.minLength(1))),
  }),
  v.check(({ ok, fix }) => ok === (fix === null), 'what failed needs a fix'),
);
