import { type Sleep, sleep } from '../../adapters/pause.ts';

/** Tries, and milliseconds before the next one. */
const WAITS_MS = [0, 500, 2000, 5000];

/**
 * Puts a body to a signed URL, again if that fails. The content type must be empty: it is part of what was signed.
 *
 * @throws the last failure, without the URL: it is a key to the deployment
 */
export const putTo = async (url: string, body: string, wait: Sleep = sleep) => {
  let failure: unknown;
  for (const ms of WAITS_MS) {
    if (ms > 0) await wait(ms);
    try {
      const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
      if (answer.ok) return;
      failure = new Error(`CloudFormation's bucket answered ${answer.status}`);
    } catch (error) {
      failure = error;
    }
  }
  throw new Error('CloudFormation could not be answered', { cause: failure });
};
