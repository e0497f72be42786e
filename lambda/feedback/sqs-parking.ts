import { sqsClient } from '../../adapters/sqs-client.ts';
import { SqsDeadLetters } from '../../adapters/sqs-dead-letters.ts';
import type { DeadLetters } from '../../core/feedback/dead-letters.ts';

/** Dead letters in this queue; a module of its own, so that it can be loaded when it is needed. */
export const sqsParking = (queueUrl: string): DeadLetters => new SqsDeadLetters({ client: sqsClient(), queueUrl });
