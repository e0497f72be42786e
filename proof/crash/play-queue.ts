import type { SQSBatchResponse } from 'aws-lambda';
import type { Played } from './explore.ts';
import { bare, hearFeedback, orderOf, type Request } from './play-send.ts';
import type { Program } from './program.ts';
import { BOUNCED, QUIT } from './requests.ts';
import type { Run } from './run.ts';

/** A message on the send queue. */
interface Queued {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
}

/** As the stack sets it: six times the time-out of the function. */
const VISIBILITY_MS = 360_000;
const MOST_ROUNDS = 40;

/**
 * What SQS does with the send queue: it delivers what can be seen, and again what is given back or died with the function.
 *
 * @param feedback - hears what SES reports of the mails before anything is delivered again; undefined: nobody does
 */
export const deliverSends = async (run: Run, requests: readonly Request[], feedback?: Program): Promise<void> => {
  const { world } = run;
  let queue = requests.map(
    (request, i): Queued => ({
      id: `queued-${i}`,
      body: JSON.stringify(request),
      sentAt: world.now,
      receives: 0,
      visibleAt: world.now,
    }),
  );
  for (let round = 0; queue.length > 0; round += 1) {
    if (round === MOST_ROUNDS) throw new Error(`messages came back ${MOST_ROUNDS} times`);
    world.wait(Math.max(0, Math.min(...queue.map(({ visibleAt }) => visibleAt)) - world.now));
    const seen = queue.filter(({ visibleAt }) => visibleAt <= world.now);
    for (const message of seen) message.receives += 1;
    const handleOf = ({ id, receives }: Queued): string => `${id}-${receives}`;
    const Records = seen.map((message) => ({
      eventSource: 'aws:sqs',
      messageId: message.id,
      receiptHandle: handleOf(message),
      body: message.body,
      attributes: { ApproximateReceiveCount: String(message.receives), SentTimestamp: String(message.sentAt) },
    }));
    const outcome = await run.invoke({ Records });
    if (feedback !== undefined) await hearFeedback(world, feedback);
    const given =
      outcome.kind === 'answered'
        ? new Set((outcome.value as SQSBatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
        : undefined;
    for (const message of seen) {
      const seconds = world.cloud.postponed.get(handleOf(message));
      message.visibleAt = world.now + (seconds === undefined ? VISIBILITY_MS : seconds * 1000);
    }
    queue = queue.filter((message) => !seen.includes(message) || given === undefined || given.has(message.id));
  }
};

/** What became of each request, judged by what SES really did: `mailed`, `withheld`, or the code it was set aside with. */
export const judgeSends = (
  { world, deaths }: Run,
  requests: readonly Request[],
  hasFeedback: boolean,
  calm: Played | undefined,
): Played => {
  const { mails } = world.cloud.ses;
  const faults: string[] = [];
  for (const { recipients, messageId } of mails)
    for (const address of recipients)
      if ([BOUNCED, QUIT].includes(bare(address))) faults.push(`${messageId} was mailed to ${address}`);
  const state = requests.map(({ tags: { order } }, i) => {
    const mine = mails.filter((mail) => orderOf(mail) === order);
    const codes = world.cloud.letters
      .filter(({ body }) => (JSON.parse(body) as Request).tags.order === order)
      .map(({ attributes }) => attributes.code?.StringValue ?? '');
    if (mine.length > 1) faults.push(`${order} was mailed ${mine.length} times`);
    const wrong = codes.find((code) => code !== 'OutcomeUnknown');
    if (mine.length > 0 && wrong !== undefined) faults.push(`${order} was mailed, and set aside as ${wrong}`);
    if (mine.length > 0 && codes.length > 0 && hasFeedback)
      faults.push(`${order} was mailed, SES reported it, and yet it is set aside as ${codes[0]}`);
    const became = `${order} ${mine.length > 0 ? 'mailed' : (codes[0] ?? 'withheld')}`;
    const mayBeOpen = deaths.length > 0 && codes[0] === 'OutcomeUnknown';
    if (calm !== undefined && became !== calm.state[i] && !mayBeOpen)
      faults.push(`${became}, and without a crash ${calm.state[i]}`);
    return became;
  });
  return { state, faults };
};
