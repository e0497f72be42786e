import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SESClient } from '@aws-sdk/client-ses';
import { sesClient } from '../adapters/ses-client.ts';

const silent = () => undefined;

/** Log and counts that keep nothing. */
export const QUIET = { log: { info: silent, warn: silent, error: silent }, counts: { add: silent, flush: silent } };

/** Requests by operation, such as `BatchGetItem`. */
export type Requests = Map<string, number>;

/** Counts one request; the name is that of its command. */
export const counting = (requests: Requests, commandName: string | undefined): void => {
  const operation = (commandName ?? '').replace(/Command$/, '');
  requests.set(operation, (requests.get(operation) ?? 0) + 1);
};

/** Counts the requests of a client from now on. */
export const countRequests = (client: DynamoDBClient): Requests => {
  const requests: Requests = new Map();
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        counting(requests, commandName);
        return next(args);
      },
    { step: 'initialize' },
  );
  return requests;
};

/** An SES that takes every mail at once and whose requests are counted. */
export const countingSes = (): { readonly client: SESClient; readonly requests: Requests } => {
  const requests: Requests = new Map();
  const client = sesClient({ region: 'us-east-1', credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } });
  let accepted = 0;
  client.middlewareStack.add(
    (_next, { commandName }) =>
      async () => {
        counting(requests, commandName);
        accepted += 1;
        return { output: { MessageId: `bench-${accepted}`, $metadata: {} }, response: {} };
      },
    { step: 'initialize' },
  );
  return { client, requests };
};

/** How many requests of an operation there were since the last time this was asked; of all without a name. */
export const take = (requests: Requests, operation?: string): number => {
  const taken = [...requests].filter(([name]) => operation === undefined || name === operation);
  for (const [name] of taken) requests.delete(name);
  return taken.reduce((sum, [, count]) => sum + count, 0);
};
