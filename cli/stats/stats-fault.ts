import { CliError } from '../cli-error.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { printable } from '../output/printable.ts';

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/** What kept counts from being read, with what to do about it. */
export const metricsFault = (fault: unknown): CliError => {
  if (!(fault instanceof Error) || fault instanceof CliError) return awsFault(fault);
  if (fault.name === 'MetricsIncomplete')
    return new CliError('MetricsIncomplete', printable(fault.message), 'Run it again.', undefined, { cause: fault });
  if (!DENIED.has(fault.name)) return awsFault(fault);
  const remedy = 'Ask for cloudwatch:GetMetricData; it has no resources, so it is given for `*`.';
  return new CliError('AccessDenied', printable(fault.message), remedy, undefined, { cause: fault });
};
