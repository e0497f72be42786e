import type { SQSBatchResponse } from 'aws-lambda';
import type { Attributes } from '../../adapters/attributes.ts';
import { Attribute } from '../../core/contract/index.ts';
import { MESSAGES, TABLE } from './dynamo.ts';
import type { Played } from './explore.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** A message on the queue of the feedback function. */
interface Queued {
  readonly id: string;
  readonly body: string;
  receives: number;
}

/** What differs from write to write, whatever was learnt. */
const PASSING: readonly string[] = [Attribute.VERSION, Attribute.UPDATED_AT, Attribute.BUCKET];
/** Deliveries of a message before a scenario counts as one that never ends. */
const MOST_ROUNDS = 12;
const VISIBILITY_MS = 180_000;

const lasting = (item: Attributes): string =>
  JSON.stringify(
    Object.entries(item)
      .filter(([name]) => !PASSING.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What the feedback function keeps: the list, the records of sends, and the letters it set aside, each told once. */
export const keptBy = async ({ cloud }: World): Promise<string[]> => {
  const entries = (await cloud.dynamo.items(TABLE)).map((item) => `entry ${lasting(item)}`);
  const records = (await cloud.dynamo.items(MESSAGES)).map((item) => `record ${lasting(item)}`);
  const letters = cloud.letters.map(
    ({ body, attributes }) => `letter ${attributes.code?.StringValue} ${attributes.message?.StringValue} ${body}`,
  );
  return [...new Set([...entries, ...records, ...letters])].sort();
};

const batchOf = (messages: readonly Queued[], { now }: World): object => ({
  Records: messages.map(({ id, body, receives }) => ({
    eventSource: 'aws:sqs',
    messageId: id,
    receiptHandle: `${id}-${receives}`,
    body,
    attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(now) },
  })),
});

/**
 * What SQS does: it delivers a batch, and again whatever is given back, or all of it if the function dies or throws, until
 * nothing is left. Then everything is delivered once more, as SQS does now and then.
 */
export const deliver = async (run: Run, bodies: readonly string[]): Promise<void> => {
  let queue = bodies.map((body, i): Queued => ({ id: `message-${i}`, body, receives: 0 }));
  for (let round = 0; queue.length > 0; round += 1) {
    if (round === MOST_ROUNDS) throw new Error(`messages came back ${MOST_ROUNDS} times: ${queue.map(({ id }) => id)}`);
    for (const message of queue) message.receives += 1;
    const outcome = await run.invoke(batchOf(queue, run.world));
    run.world.wait(VISIBILITY_MS);
    if (outcome.kind !== 'answered') continue;
    const { batchItemFailures } = outcome.value as SQSBatchResponse;
    const given = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    queue = queue.filter(({ id }) => given.has(id));
  }
};

/** What Lambda does with an event that nobody queues: it hands it over again if the function dies or throws. */
export const deliverDirectly = async (run: Run, event: object): Promise<void> => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const outcome = await run.invoke(event);
    run.world.wait(VISIBILITY_MS);
    if (outcome.kind === 'answered') return;
  }
  throw new Error(`the event came back ${MOST_ROUNDS} times`);
};

/** Compares what is kept with what a run without a crash keeps. */
export const asWithoutCrash = async (run: Run, calm: Played | undefined): Promise<Played> => {
  const state = await keptBy(run.world);
  if (calm === undefined) return { state, faults: [] };
  const lost = calm.state.filter((line) => !state.includes(line)).map((line) => `lost: ${line}`);
  const added = state.filter((line) => !calm.state.includes(line)).map((line) => `added: ${line}`);
  return { state, faults: [...lost, ...added] };
};
