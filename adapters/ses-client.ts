import { SESClient, type SESClientConfig } from '@aws-sdk/client-ses';

/**
 * Milliseconds SES has for an answer once a request was handed over. Long, because a time-out leaves it open whether the
 * mail was accepted: a function should start no send with less than this left of its own time.
 */
export const SES_REQUEST_TIMEOUT_MS = 20_000;

/** Milliseconds for opening a connection: one that was never opened has carried nothing, so this one may be short. */
export const SES_CONNECTION_TIMEOUT_MS = 3000;

/**
 * An SES client that sends a request once: SES has no idempotency token, and the SDK's own retries mail twice after a
 * cut connection or a 500. `throwOnRequestTimeout` is needed, as the time limit alone only warns and goes on waiting.
 *
 * No socket is kept for a later request. A function that was frozen in between finds it closed by the server, which
 * looks exactly like a connection cut after the request left, and so like a mail of unknown fate. A handshake
 * a mail is the price; nobody has to remember to close anything at the end of an invocation. Node asks the server to
 * close (`Connection: close`) only where the number of sockets is unlimited; callers limit their mails under way.
 *
 * @param config - an endpoint or a Region of one's own; a `requestHandler` takes the place of all of the above, but the
 *   number of attempts stays one
 */
export const sesClient = (config: SESClientConfig = {}): SESClient =>
  new SESClient({
    ...config,
    maxAttempts: 1,
    requestHandler: config.requestHandler ?? {
      connectionTimeout: SES_CONNECTION_TIMEOUT_MS,
      requestTimeout: SES_REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY },
      httpsAgent: { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY },
    },
  });
