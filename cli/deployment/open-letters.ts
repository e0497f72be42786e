import { sqsClient } from '../../adapters/sqs-client.ts';
import { SqsLetters, sqsWayBack } from '../../adapters/sqs-letters.ts';
import { Output } from '../../core/contract/index.ts';
import type { LetterBox } from '../../core/redrive/letters.ts';
import { CliError } from '../cli-error.ts';
import type { OpenedLetters } from '../dependencies.ts';
import { type Deployment, findDeployment, type OutputKey } from './deployment.ts';
import type { Target } from './target.ts';

interface Place {
  readonly letters: OutputKey;
  readonly destination: OutputKey;
  /** Why a deployment may have no such queue. */
  readonly lacking: string;
}

const PLACES: Readonly<Record<LetterBox, Place>> = {
  feedback: {
    letters: Output.DEAD_LETTER_QUEUE_URL,
    destination: Output.FEEDBACK_QUEUE_URL,
    lacking: 'Is it a stack of this project, and did its deployment succeed?',
  },
  undelivered: {
    letters: Output.UNDELIVERED_QUEUE_URL,
    destination: Output.FEEDBACK_QUEUE_URL,
    lacking: 'Is it a stack of this project, and did its deployment succeed?',
  },
  sends: {
    letters: Output.SEND_DEAD_LETTER_QUEUE_URL,
    destination: Output.SEND_QUEUE_URL,
    lacking: 'It has no send queue; `queue` in the configuration makes one.',
  },
  'failed-sends': {
    letters: Output.FAILED_SENDS_QUEUE_URL,
    destination: Output.SEND_QUEUE_URL,
    lacking: 'Is it a stack of this project that sends?',
  },
};

/** Ten letters may be ten megabytes, and a laptop's line is slow. */
const PATIENT = { connectionTimeout: 3000, requestTimeout: 60_000, throwOnRequestTimeout: true };

const lettersUrl = (deployment: Deployment, box: LetterBox): string => {
  const { letters, lacking } = PLACES[box];
  if (deployment.local && box === 'undelivered')
    throw new CliError(
      'NotInLocalCloud',
      `${deployment.name} has no such queue: its topic always delivers`,
      'On a laptop there is `feedback`, `sends` and `failed-sends`.',
    );
  return deployment.need(letters, lacking);
};

/**
 * Finds a dead-letter queue of a deployment, and where its letters came from.
 *
 * @throws CliError `DeploymentLacks`, `NotInLocalCloud`, or what kept it from being found
 */
export const openLetters = async (target: Target, box: LetterBox): Promise<OpenedLetters> => {
  const deployment = await findDeployment(target);
  const queueUrl = lettersUrl(deployment, box);
  const home = box === 'undelivered' ? deployment.output(Output.HOME_REGION) : undefined;
  const destination = deployment.output(home === undefined ? PLACES[box].destination : Output.HOME_FEEDBACK_QUEUE_URL);
  const client = sqsClient({ requestHandler: PATIENT, ...deployment.config('sqs') });
  const reaches = home === undefined ? client : sqsClient({ requestHandler: PATIENT, region: home });
  const close = () => {
    client.destroy();
    reaches.destroy();
  };
  try {
    const queues = destination === undefined ? undefined : { letters: queueUrl, destination };
    const back = queues && (await sqsWayBack(client, queues, reaches));
    const letters = new SqsLetters({ client, queueUrl });
    // SQS moves only what its own queues set aside as they are: not a topic's or a function's, and no request needs a key then.
    return { letters, outbox: back?.outbox, mover: box === 'feedback' ? back?.mover : undefined, close };
  } catch (fault) {
    close();
    throw fault;
  }
};
