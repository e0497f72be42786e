import * as v from 'valibot';
import { CliError } from '../../../cli/cli-error.ts';
import { Exit } from '../../../cli/exit.ts';
import { placeOf } from '../../../cli/list/cursor.ts';
import type { Wanted } from '../../../cli/list/pick.ts';
import { isScope, SCOPE_FORMS } from '../../../cli/scope-options.ts';
import { dayOrTime, isEmptyRange, TIME_FORMS } from '../../../cli/time-options.ts';
import { ADDRESS_CHARS } from '../../../core/address/address.ts';
import { BLOCKING_REASONS } from '../../../core/entry/entry.ts';
import type { RecentPlace, RecentRange } from '../../../core/ledger/ledger.ts';

/** What of the list is asked for. */
export interface ListQuery {
  /** Empty: everything. */
  readonly search: string;
  readonly wanted: Wanted;
  readonly range: RecentRange;
}

const SCOPE_CHARS = 300;
const CURSOR_CHARS = 1000;
const TIME_CHARS = 48;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** A text that stands for something else; `expected` says how it looks. */
const read = <T>(most: number, parse: (given: string) => T | undefined, expected: string) =>
  v.pipe(
    text(most),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: `expected ${expected}` });
      return NEVER;
    }),
  );

/** A parameter that may be given once. */
export const once = <T>(schema: v.GenericSchema<string, T>) =>
  v.optional(
    v.pipe(
      v.array(v.string()),
      v.maxLength(1),
      v.transform(([first]) => first),
      v.optional(schema),
    ),
    [],
  );

const time = read(TIME_CHARS, dayOrTime, TIME_FORMS);

/** Parameters by which the list is narrowed down, each as often as it was given. */
export const FILTERS = {
  search: once(v.pipe(text(ADDRESS_CHARS), v.trim())),
  reason: v.optional(v.pipe(v.array(v.picklist(BLOCKING_REASONS)), v.maxLength(BLOCKING_REASONS.length))),
  scope: once(v.pipe(text(SCOPE_CHARS), v.check(isScope, `expected ${SCOPE_FORMS}`))),
  status: once(v.picklist(['suppressed', 'allowed'])),
  since: once(time),
  until: once(time),
};

/** Where an earlier page ended, as a parameter. */
export const AFTER = once(read(CURSOR_CHARS, placeOf, 'the cursor that an earlier page ended with'));

const SCHEMA = v.object(FILTERS);

/**
 * What the filters mean together.
 *
 * @throws CliError `InvalidRequest` if the range is empty because its end is not after its beginning
 */
export const listQuery = (
  { search = '', reason, scope, status, since, until }: v.InferOutput<typeof SCHEMA>,
  after?: RecentPlace,
): ListQuery => {
  if (isEmptyRange({ since, until }))
    throw new CliError(
      'InvalidRequest',
      'until is not after since',
      'The day of until does not belong to it: name the day after the last.',
      Exit.USAGE,
    );
  return {
    search,
    wanted: {
      ...(reason !== undefined && { reason }),
      ...(scope !== undefined && { scope: [scope] }),
      ...(status !== undefined && { status }),
    },
    range: {
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      ...(after !== undefined && { after }),
    },
  };
};
