import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetters } from '../core/feedback/dead-letters.ts';
import { inTime } from './in-time.ts';
import { sqsAttribute, sqsBody } from './sqs-text.ts';

const CODE_CHARS = 80;
const MESSAGE_CHARS = 500;

/** Where dead letters go. */
export interface SqsDeadLettersOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Milliseconds in which a letter is stored, or counts as lost: it may have been. @default - as long as the client takes */
  readonly withinMs?: number;
}

/**
 * The dead-letter queue in SQS: the message as it arrived, with the attributes `code` and `message`, so that an operator
 * sees why without opening it, and a redrive feeds back what came.
 *
 * A body with characters that SQS refuses is written so that it reads as the same message, see `sqsBody`.
 *
 * @example await new SqsDeadLetters({ client: sqsClient(), queueUrl }).park({ body, code: 'NotJson', message: '…' })
 */
export class SqsDeadLetters implements DeadLetters {
  readonly #options: SqsDeadLettersOptions;

  constructor(options: SqsDeadLettersOptions) {
    this.#options = options;
  }

  async park({ body, code, message }: DeadLetter): Promise<void> {
    const attribute = (value: string, limit: number) => ({
      DataType: 'String',
      StringValue: sqsAttribute(value, limit),
    });
    const { client, queueUrl, withinMs } = this.#options;
    const letter = {
      QueueUrl: queueUrl,
      MessageBody: sqsBody(body),
      MessageAttributes: { code: attribute(code, CODE_CHARS), message: attribute(message, MESSAGE_CHARS) },
    };
    await inTime(withinMs, (how) => client.send(new SendMessageCommand(letter), how));
  }
}
