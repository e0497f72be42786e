import { createHash } from 'node:crypto';
import { LocalQueue } from '../../../local/queue/local-queue.ts';
import { startSqsServer } from '../../../local/queue/sqs-server.ts';

/** What stands for a body. */
export const digest = (body: string): string => createHash('sha1').update(body).digest('base64');

/** A dead-letter queue behind a real SQS endpoint, which notes each letter and keeps none. */
export interface LetterBox {
  readonly endpoint: string;
  readonly queueUrl: string;
  /** Letters that came in, copies counted. */
  readonly received: () => number;
  /** The codes that letters with the body of this event had, in the order of arrival. */
  readonly codesOf: (event: number) => readonly string[];
  /** Letters with a body that no event has, or without words of what was wrong. */
  readonly strays: readonly string[];
  stop(): Promise<void>;
}

/**
 * Opens a letter box.
 *
 * @param eventByBody - the event that each body is of, by the body's {@link digest}
 */
export const openLetterBox = async (eventByBody: ReadonlyMap<string, number>): Promise<LetterBox> => {
  const codes = new Map<number, string[]>([...eventByBody.values()].map((event) => [event, []]));
  const strays: string[] = [];
  let received = 0;
  const queue = new LocalQueue({
    name: 'storm-dead-letters',
    visibilityTimeoutMs: 30_000,
    onMessage: ({ body, attributes: { code, message } }) => {
      received += 1;
      const noted = codes.get(eventByBody.get(digest(body)) ?? -1);
      if (noted === undefined || !message?.StringValue) strays.push(body.slice(0, 200));
      else noted.push(code?.StringValue ?? '');
      for (const { receiptHandle } of queue.receive(10)) queue.delete(receiptHandle);
    },
  });
  const server = await startSqsServer([queue]);
  return {
    endpoint: server.url,
    queueUrl: server.urlOf(queue),
    received: () => received,
    codesOf: (event) => codes.get(event) ?? [],
    strays,
    stop: () => server.stop(),
  };
};
