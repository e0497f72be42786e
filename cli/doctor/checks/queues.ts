import { Output } from '../../../core/contract/index.ts';
import { HOUR } from '../../../core/instant.ts';
import type { Check } from '../check.ts';
import { note, ok, wrong } from '../finding.ts';
import type { Patient } from '../patient.ts';

const MINUTE_MS = 60_000;

/** Name of a queue, from its URL. */
const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** The queues that are read, and from which age of a message on the alarms ring. */
const QUEUES = [
  [Output.FEEDBACK_QUEUE_URL, 'feedback queue', 15 * MINUTE_MS],
  [Output.SEND_QUEUE_URL, 'send queue', 3 * HOUR],
] as const;

const queues = ({ deployment }: Patient): string[] =>
  QUEUES.flatMap(([key, name]) => (deployment.output(key) === undefined ? [] : [name]));

const queueNamed = ({ deployment }: Patient, about: string) => {
  const [key, , mostAgeMs] = QUEUES.find(([, name]) => name === about) ?? QUEUES[0];
  return { url: deployment.output(key) ?? '', mostAgeMs };
};

const messages = (count: number): string => `${count.toLocaleString('en')} message${count === 1 ? '' : 's'}`;

/** As many cannot wait for long where all is well: the function reads a hundred a second and more. */
const MANY = 10_000;

/** Whether the queues are there, and how much waits in them. */
export const queueBacklog: Check = {
  name: 'queue-backlog',
  group: 'Feedback',
  needs: ['sqs:GetQueueAttributes'],
  subjects: queues,
  look: async (patient, about) => {
    const size = await patient.queues.size(queueNamed(patient, about).url);
    if (size === null) return wrong('does not exist', 'Deploy the stack again.');
    return size < MANY
      ? ok(`holds ${messages(size)}`)
      : note(`holds ${messages(size)}`, 'See docs/runbook.md#feedback-or-sends-wait.');
  },
};

/** Whether something waits for longer than it should. */
export const queueAge: Check = {
  name: 'queue-age',
  group: 'Feedback',
  needs: ['cloudwatch:GetMetricData'],
  subjects: queues,
  look: async (patient, about) => {
    const { metrics, now } = patient;
    const { url, mostAgeMs } = queueNamed(patient, about);
    const metric = {
      namespace: 'AWS/SQS',
      name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: nameOf(url) },
    };
    const seconds = await metrics.latest(metric, now - 15 * MINUTE_MS);
    // CloudWatch says nothing of a queue that is idle for hours
    if (seconds === null) return ok('is idle');
    const age = `has messages that are ${Math.round(seconds / 60)} minutes old`;
    return seconds * 1000 < mostAgeMs
      ? ok('has no old message')
      : wrong(age, 'See docs/runbook.md#feedback-or-sends-wait; function-errors below may say why.');
  },
};

const letters = (count: number): string => `${count.toLocaleString('en')} dead letter${count === 1 ? '' : 's'}`;

/** What each dead-letter queue holds, and by what name `redrive` knows it. */
const DEAD_LETTERS = [
  [Output.DEAD_LETTER_QUEUE_URL, 'feedback', 'feedback nobody could apply'],
  [Output.UNDELIVERED_QUEUE_URL, 'undelivered', 'feedback SNS could not hand over'],
  [Output.SEND_DEAD_LETTER_QUEUE_URL, 'sends', 'queued requests nobody can send'],
  [Output.FAILED_SENDS_QUEUE_URL, 'failed-sends', 'asynchronous sends that failed'],
] as const;

/** Whether the dead-letter queues are empty. */
export const deadLetters: Check = {
  name: 'dead-letters',
  group: 'Feedback',
  needs: ['sqs:GetQueueAttributes'],
  subjects: (patient) =>
    DEAD_LETTERS.flatMap(([key, name]) => (patient.deployment.output(key) === undefined ? [] : [name])),
  look: async ({ deployment, queues, commandLine }, about) => {
    const [key, name, what] = DEAD_LETTERS.find(([, known]) => known === about) ?? DEAD_LETTERS[0];
    const size = await queues.size(deployment.output(key) ?? '');
    if (size === null) return wrong('does not exist', 'Deploy the stack again.');
    return size === 0
      ? ok('has no dead letters')
      : wrong(`has ${letters(size)}: ${what}`, `${commandLine(`redrive ${name}`)} shows what is in it first`);
  },
};
