import { JsonFault, type JsonInput } from '../http/aws-json.ts';
import type { LocalQueue, ReceivedMessage } from './local-queue.ts';
import { md5, md5OfAttributes, readAttributes } from './message-attributes.ts';
import { badReceiptHandle, invalidValue, QUERY_ERROR } from './sqs-fault.ts';

/** @param closing - aborts when no answer is wanted any more */
type Action = (queue: LocalQueue, input: JsonInput, closing: AbortSignal) => object | Promise<object>;

const MAX_DELAY_SECONDS = 900;
const MAX_BODY_BYTES = 1024 * 1024;

/** What the SQS endpoint can do, by the action's name; each takes the queue that `QueueUrl` names. */
export const SQS_ACTIONS: Readonly<Record<string, Action>> = {
  SendMessage: (queue, input) => sendMessage(queue, input),
  SendMessageBatch: (queue, input) => eachEntry(input, (entry) => sendMessage(queue, entry)),
  ReceiveMessage: receiveMessage,
  DeleteMessage: (queue, input) => deleteMessage(queue, input),
  DeleteMessageBatch: (queue, input) => eachEntry(input, (entry) => deleteMessage(queue, entry)),
  ChangeMessageVisibility: (queue, input) => {
    const seconds = wholeNumber(input, 'VisibilityTimeout', 0, 43_200, 0);
    if (!queue.changeVisibility(text(input, 'ReceiptHandle'), seconds * 1000)) throw badReceiptHandle();
    return {};
  },
  GetQueueAttributes: (queue, input) => ({ Attributes: queueAttributes(queue, names(input.AttributeNames)) }),
};

function sendMessage(queue: LocalQueue, input: JsonInput): object {
  const body = text(input, 'MessageBody');
  if (body === '') throw invalidValue('The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    throw invalidValue(`One or more parameters are invalid. Message must be shorter than ${MAX_BODY_BYTES} bytes.`);
  }
  const attributes = readAttributes(input.MessageAttributes ?? {});
  const delaySeconds = wholeNumber(input, 'DelaySeconds', 0, MAX_DELAY_SECONDS, 0);
  return {
    MessageId: queue.send(body, attributes, delaySeconds * 1000),
    MD5OfMessageBody: md5(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
}

async function receiveMessage(queue: LocalQueue, input: JsonInput, closing: AbortSignal): Promise<object> {
  const max = wholeNumber(input, 'MaxNumberOfMessages', 1, 10, 1);
  const waitMs = wholeNumber(input, 'WaitTimeSeconds', 0, 20, 0) * 1000;
  const hiddenMs = wholeNumber(input, 'VisibilityTimeout', 0, 43_200, queue.visibilityTimeoutMs / 1000) * 1000;
  const system = names(input.MessageSystemAttributeNames ?? input.AttributeNames);
  const custom = names(input.MessageAttributeNames);
  const deadline = Date.now() + waitMs;
  let received = queue.receive(max, hiddenMs);
  while (received.length === 0 && Date.now() < deadline && !closing.aborted) {
    await queue.untilVisible(deadline - Date.now(), closing);
    received = queue.receive(max, hiddenMs);
  }
  return received.length === 0 ? {} : { Messages: received.map((message) => wireMessage(message, system, custom)) };
}

function wireMessage(message: ReceivedMessage, system: ReadonlySet<string>, custom: ReadonlySet<string>): object {
  const attributes = pick(message.attributes, custom);
  const facts = {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.sourceArn !== null && { DeadLetterQueueSourceArn: message.sourceArn }),
  };
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: pick(facts, system),
    ...(Object.keys(attributes).length > 0 && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    }),
  };
}

function deleteMessage(queue: LocalQueue, input: JsonInput): object {
  const handle = text(input, 'ReceiptHandle');
  if (handle === '') throw badReceiptHandle();
  queue.delete(handle);
  return {};
}

/** Does each entry of a batch; one that is at fault leaves the others alone. */
function eachEntry(input: JsonInput, act: (entry: JsonInput) => object): object {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of Array.isArray(input.Entries) ? input.Entries.map((each): JsonInput => ({ ...each })) : []) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      const [Code] = (error.headers[QUERY_ERROR] ?? '').split(';');
      Failed.push({ Id: entry.Id, SenderFault: true, Code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function queueAttributes(queue: LocalQueue, wanted: ReadonlySet<string>): object {
  const { redrive } = queue;
  return pick(
    {
      QueueArn: queue.arn,
      ApproximateNumberOfMessages: String(queue.visible),
      ApproximateNumberOfMessagesNotVisible: String(queue.inFlight),
      ApproximateNumberOfMessagesDelayed: String(queue.delayed),
      VisibilityTimeout: String(Math.ceil(queue.visibilityTimeoutMs / 1000)),
      ...(redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: redrive.deadLetterQueue.arn,
          maxReceiveCount: redrive.maxReceiveCount,
        }),
      }),
    },
    wanted,
  );
}

export const text = (input: JsonInput, name: string): string => (typeof input[name] === 'string' ? input[name] : '');

const names = (value: unknown): ReadonlySet<string> => new Set(Array.isArray(value) ? value.map(String) : []);

/** The named members; `All` and `.*` name every one. */
function pick<T>(all: Readonly<Record<string, T>>, wanted: ReadonlySet<string>): Record<string, T> {
  const everything = wanted.has('All') || wanted.has('.*');
  return Object.fromEntries(Object.entries(all).filter(([name]) => everything || wanted.has(name)));
}

/** A number of the request, within its limits; `absent` where it has none. */
export function wholeNumber(input: JsonInput, name: string, least: number, most: number, absent: number): number {
  const value = input[name] ?? absent;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw invalidValue(`Value ${value} for parameter ${name} is invalid. Reason: Must be from ${least} to ${most}.`);
}
