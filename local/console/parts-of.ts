import { Worker } from 'node:worker_threads';
import type { Email } from 'postal-mime';

/** What a MIME message is made of. */
export type Parts = Pick<Email, 'text' | 'html' | 'attachments'>;

/** What a message may cost its reader. */
export interface ReadingLimits {
  /** @default 5000 */
  readonly milliseconds?: number;
  /** @default 256 */
  readonly megabytes?: number;
}

const WORKER = new URL('./parse-worker.mjs', import.meta.url);

/** Why a message could not be read, in a few words. */
const reasonOf = (fault: Error & { readonly code?: string }): string =>
  fault.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'that takes too much memory' : fault.message;

/**
 * Reads a MIME message, whatever it is, within limits.
 *
 * @returns its parts, or why they cannot be had; never rejects
 * @example await partsOf(Buffer.from('Subject: Hi\r\n\r\nHello')) // { text: 'Hello\n', html: undefined, attachments: [] }
 */
export const partsOf = (
  raw: Uint8Array,
  { milliseconds = 5000, megabytes = 256 }: ReadingLimits = {},
): Promise<Parts | string> => {
  const worker = new Worker(WORKER, {
    workerData: raw,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  const read = new Promise<Parts | string>((resolve) => {
    const timer = setTimeout(() => resolve(`that takes longer than ${milliseconds} ms`), milliseconds);
    const end = (found: Parts | string) => {
      clearTimeout(timer);
      resolve(found);
    };
    worker.on('message', end);
    worker.on('error', (fault) => end(reasonOf(fault as Error)));
    worker.on('exit', (code) => end(`its reader ended with ${code}`));
  });
  return read.finally(() => worker.terminate());
};
