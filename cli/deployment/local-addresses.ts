import * as v from 'valibot';
import { CliError } from '../cli-error.ts';

const address = v.pipe(v.string(), v.url());

/** What a local cloud says of itself; an older one says less. */
const ReadyLine = v.object({
  event: v.literal('ready'),
  dynamodb: address,
  table: v.string(),
  messages: v.exactOptional(v.string()),
  lambda: v.exactOptional(address),
  ses: v.exactOptional(address),
  sqs: v.exactOptional(address),
  cloudwatch: v.exactOptional(address),
  queue: v.exactOptional(address),
  deadLetterQueue: v.exactOptional(address),
  sendQueue: v.exactOptional(address),
  sendDeadLetterQueue: v.exactOptional(address),
  failedSends: v.exactOptional(address),
  topic: v.exactOptional(v.string()),
  configurationSet: v.exactOptional(v.string()),
  unsubscribe: v.exactOptional(address),
  alarmTopic: v.exactOptional(v.string()),
  policy: v.exactOptional(v.string()),
  streams: v.exactOptional(v.array(v.string())),
});

/** Where everything of a local cloud is. */
export type LocalAddresses = Omit<v.InferOutput<typeof ReadyLine>, 'event'>;
const PATIENCE_MS = 3000;
const REMEDY = 'Start the local cloud with `npm start` and give the address it prints as lambda.';

const reasonOf = (error: unknown): string => {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} s`;
  return cause?.code ?? cause?.message ?? 'no connection';
};

const ask = async (endpoint: string, request: typeof fetch): Promise<string> => {
  try {
    const answer = await request(new URL('/', endpoint), { signal: AbortSignal.timeout(PATIENCE_MS) });
    return await answer.text();
  } catch (error) {
    const message = `${endpoint} does not answer (${reasonOf(error)})`;
    throw new CliError('EndpointUnreachable', message, REMEDY, undefined, { cause: error });
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Asks a local cloud where everything is: its invoke API answers `GET /` with the ready line.
 *
 * @throws CliError `EndpointUnreachable`, `EndpointNotLocal`
 */
export const localAddresses = async (endpoint: string, request: typeof fetch = fetch): Promise<LocalAddresses> => {
  const read = v.safeParse(ReadyLine, parse(await ask(endpoint, request)));
  if (read.success) {
    const { event: _ready, ...addresses } = read.output;
    return addresses;
  }
  throw new CliError('EndpointNotLocal', `${endpoint} answers, but not as a local cloud does`, REMEDY);
};
