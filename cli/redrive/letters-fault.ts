import { CliError } from '../cli-error.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { printable } from '../output/printable.ts';

const REMEDIES: Readonly<Record<string, readonly [code: string, remedy: string]>> = {
  QueueDoesNotExist: ['QueueNotFound', 'Somebody has deleted the queue: deploy the stack again.'],
  AccessDenied: [
    'AccessDenied',
    'Ask for sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:StartMessageMoveTask and sqs:ListMessageMoveTasks on the dead-letter queue, and for sqs:GetQueueAttributes and sqs:SendMessage on the queue before it.',
  ],
  OverLimit: ['TooManyHidden', 'Others look at these letters as well; wait a quarter of an hour, and run it again.'],
};

const ALIASES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  'AWS.SimpleQueueService.NonExistentQueue': 'QueueDoesNotExist',
};

/** What kept letters from being looked at or moved, with a code of ours and what to do about it. */
export const lettersFault = (fault: unknown): CliError => {
  if (!(fault instanceof Error) || fault instanceof CliError) return awsFault(fault);
  const known = REMEDIES[ALIASES[fault.name] ?? fault.name];
  return known === undefined
    ? awsFault(fault)
    : new CliError(known[0], printable(fault.message), known[1], undefined, { cause: fault });
};
