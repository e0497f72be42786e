import type { CliError } from '../../cli/cli-error.ts';
import { awsFault } from '../../cli/deployment/aws-fault.ts';
import { Exit } from '../../cli/exit.ts';
import { Refusal, type RefusalStatus } from './refusal.ts';

const UNEXPECTED = {
  code: 'Unexpected',
  message: 'something went wrong that nobody foresaw',
  remedy: 'The terminal in which the console runs says what; please report it.',
};

/** What {@link awsFault} calls that which is no answer of AWS: its text may say anything, such as paths. */
const NOT_OF_AWS = 'ListUnreadable';

/** It could be done, but not here or not any more. */
const CONFLICTS = new Set(['NotTheHomeRegion', 'EntryChanged']);

const statusOf = ({ code, exit }: CliError): RefusalStatus => {
  if (exit === Exit.USAGE) return 400;
  if (code === 'AccessDenied') return 403;
  if (CONFLICTS.has(code)) return 409;
  return code.endsWith('NotFound') ? 404 : 502;
};

/**
 * What a request is answered with that failed: what a command would have said, or no more than `Unexpected`.
 *
 * @example refusalOf(new CliError('AccessDenied', '…', '…')).status // 403
 */
export const refusalOf = (fault: unknown): Refusal => {
  if (fault instanceof Refusal) return fault;
  const told = awsFault(fault);
  const { code, message, remedy } = told;
  return code === NOT_OF_AWS ? new Refusal(500, UNEXPECTED) : new Refusal(statusOf(told), { code, message, remedy });
};
