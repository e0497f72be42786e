import { randomUUID } from 'node:crypto';
import type { LocalQueue } from './local-queue.ts';
import { invalidValue, noSuchResource } from './sqs-fault.ts';

/** What a task came to, in the words of the SQS API; members without a value vanish when this becomes JSON. */
interface MoveTask {
  readonly SourceArn: string;
  readonly DestinationArn: string | undefined;
  readonly Status: 'COMPLETED' | 'FAILED';
  readonly FailureReason: string | undefined;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly MaxNumberOfMessagesPerSecond: number | undefined;
  readonly StartedTimestamp: number;
}

/** Feeds dead letters back. A task is done by the time it is answered, whatever rate it was given. */
export class MoveTasks {
  readonly #queues: readonly LocalQueue[];
  readonly #done: MoveTask[] = [];

  constructor(queues: readonly LocalQueue[]) {
    this.#queues = queues;
  }

  /**
   * Moves all messages of a dead-letter queue. Without a destination each goes back to the queue it was moved from; as
   * with SQS, one that a program has sent to the dead letters itself was moved from nowhere, and the task fails at it.
   *
   * @returns the task's handle
   * @throws JsonFault for a queue that does not exist, serves no other as dead letters, or is its own destination
   */
  start(sourceArn: string, destinationArn: string | undefined, perSecond: number | undefined): string {
    const source = this.#byArn(sourceArn);
    if (source === undefined) throw noSuchResource('SourceArn');
    if (!this.#queues.some(({ redrive }) => redrive?.deadLetterQueue === source))
      throw invalidValue('Source queue must be configured as a Dead Letter Queue.');
    const destination = destinationArn === undefined ? undefined : this.#byArn(destinationArn);
    if (destinationArn !== undefined && destination === undefined) throw noSuchResource('DestinationArn');
    if (destination === source) throw invalidValue('Source queue arn and destination queue arn cannot be the same.');
    const toMove = source.size;
    const moved = source.moveAll((from) => destination ?? this.#byArn(from));
    const isDone = moved === toMove;
    this.#done.unshift({
      SourceArn: sourceArn,
      DestinationArn: destinationArn,
      Status: isDone ? 'COMPLETED' : 'FAILED',
      FailureReason: isDone ? undefined : 'CouldNotDetermineMessageSource',
      ApproximateNumberOfMessagesMoved: moved,
      ApproximateNumberOfMessagesToMove: toMove,
      MaxNumberOfMessagesPerSecond: perSecond,
      StartedTimestamp: Date.now(),
    });
    return Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64');
  }

  /**
   * The latest tasks of a queue, newest first.
   *
   * @throws JsonFault for a queue that does not exist
   */
  list(sourceArn: string, max: number): readonly MoveTask[] {
    if (this.#byArn(sourceArn) === undefined) throw noSuchResource('SourceArn');
    return this.#done.filter(({ SourceArn }) => SourceArn === sourceArn).slice(0, max);
  }

  #byArn(arn: string | null): LocalQueue | undefined {
    return this.#queues.find((queue) => queue.arn === arn);
  }
}
