import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { parseEpochMillis } from '../core/instant.ts';
import {
  type Letter,
  type LetterAttribute,
  type LetterAttributes,
  LetterRefused,
  type Letters,
  type Moved,
  type Mover,
  type Outbox,
} from '../core/redrive/letters.ts';
import { sqsBody } from './sqs-text.ts';

/** A queue, and the client that reaches it. */
export interface SqsQueueOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** A wait asks all of SQS's servers: without one, some letters are not seen now and then. */
const WAIT_SECONDS = 1;
/** Refusals that are about this one message. */
const REFUSALS = new Set(['InvalidMessageContents', 'InvalidParameterValue', 'InvalidParameterValueException']);

const readAttribute = ({ DataType = 'String', StringValue, BinaryValue }: MessageAttributeValue): LetterAttribute => ({
  type: DataType,
  ...(StringValue === undefined ? {} : { text: StringValue }),
  ...(BinaryValue === undefined ? {} : { bytes: BinaryValue }),
});

const writeAttribute = ({ type, text, bytes }: LetterAttribute): MessageAttributeValue => ({
  DataType: type,
  ...(text === undefined ? {} : { StringValue: text }),
  ...(bytes === undefined ? {} : { BinaryValue: bytes }),
});

const each = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

const letterOf = ({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes }: Message): Letter => ({
  messageId: MessageId ?? '',
  receiptHandle: ReceiptHandle ?? '',
  body: Body ?? '',
  attributes: each(MessageAttributes ?? {}, readAttribute),
  sentAt: parseEpochMillis(Attributes?.SentTimestamp),
});

const attributesOf = async ({ client, queueUrl }: SqsQueueOptions): Promise<Readonly<Record<string, string>>> => {
  const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
  return (await client.send(asked)).Attributes ?? {};
};

/**
 * A dead-letter queue in SQS.
 *
 * @example await new SqsLetters({ client: sqsClient(), queueUrl }).depth()
 */
export class SqsLetters implements Letters {
  readonly #options: SqsQueueOptions;

  constructor(options: SqsQueueOptions) {
    this.#options = options;
  }

  async depth(): Promise<number> {
    const found = await attributesOf(this.#options);
    return ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
      .map((name) => Number(found[name] ?? 0))
      .reduce((sum, some) => sum + some, 0);
  }

  async take(hiddenSeconds: number): Promise<readonly Letter[]> {
    const { client, queueUrl } = this.#options;
    const asked = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: WAIT_SECONDS,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    });
    return ((await client.send(asked)).Messages ?? []).map(letterOf);
  }

  async giveBack({ receiptHandle }: Letter): Promise<void> {
    const { client, queueUrl } = this.#options;
    const asked = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(asked));
  }

  async remove({ receiptHandle }: Letter): Promise<void> {
    const { client, queueUrl } = this.#options;
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
  }
}

const mostReceivesIn = (redrivePolicy: string | undefined): number | undefined => {
  try {
    const { maxReceiveCount } = JSON.parse(redrivePolicy ?? '{}');
    return Number(maxReceiveCount) || undefined;
  } catch {
    return undefined;
  }
};

/** A queue in SQS that takes letters back. */
export class SqsOutbox implements Outbox {
  readonly mostReceives: number | undefined;
  readonly #options: SqsQueueOptions;

  constructor(options: SqsQueueOptions, mostReceives: number | undefined) {
    this.#options = options;
    this.mostReceives = mostReceives;
  }

  async put(body: string, attributes: LetterAttributes): Promise<void> {
    const { client, queueUrl } = this.#options;
    try {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: sqsBody(body),
          MessageAttributes: each(attributes, writeAttribute),
        }),
      );
    } catch (fault) {
      if (fault instanceof Error && REFUSALS.has(fault.name)) throw new LetterRefused(fault.message, { cause: fault });
      throw fault;
    }
  }
}

/** What moves letters within SQS: a task of its own, which knows the destination by name only. */
class SqsMover implements Mover {
  readonly #client: SQSClient;
  readonly #sourceArn: string;
  readonly #destinationArn: string;

  constructor(client: SQSClient, sourceArn: string, destinationArn: string) {
    this.#client = client;
    this.#sourceArn = sourceArn;
    this.#destinationArn = destinationArn;
  }

  async start(): Promise<void> {
    const asked = { SourceArn: this.#sourceArn, DestinationArn: this.#destinationArn };
    await this.#client.send(new StartMessageMoveTaskCommand(asked));
  }

  async progress(): Promise<Moved> {
    const asked = new ListMessageMoveTasksCommand({ SourceArn: this.#sourceArn, MaxResults: 1 });
    const [task] = (await this.#client.send(asked)).Results ?? [];
    const { Status = 'RUNNING', ApproximateNumberOfMessagesMoved: moved = 0, FailureReason: why } = task ?? {};
    const isRunning = Status === 'RUNNING' || Status === 'CANCELLING';
    return {
      state: isRunning ? 'running' : Status === 'COMPLETED' ? 'done' : 'failed',
      moved,
      toMove: task?.ApproximateNumberOfMessagesToMove ?? moved,
      why: why ?? (Status === 'CANCELLED' ? 'somebody has cancelled it' : undefined),
    };
  }
}

/** A queue that takes letters back, and what moves all of them there. */
export interface SqsWayBack {
  readonly outbox: Outbox;
  readonly mover: Mover;
}

/**
 * Looks up what moving between two queues takes: their ARNs, and after how many receives SQS moves a message itself.
 *
 * @param reaches - the client that reaches the destination, if that is in another Region: nothing but the outbox goes there
 * @throws what SQS refuses
 */
export const sqsWayBack = async (
  client: SQSClient,
  queues: { readonly letters: string; readonly destination: string },
  reaches: SQSClient = client,
): Promise<SqsWayBack> => {
  const there = { client: reaches, queueUrl: queues.destination };
  const [from, to] = await Promise.all([attributesOf({ client, queueUrl: queues.letters }), attributesOf(there)]);
  return {
    outbox: new SqsOutbox(there, mostReceivesIn(to.RedrivePolicy)),
    mover: new SqsMover(client, from.QueueArn ?? '', to.QueueArn ?? ''),
  };
};
