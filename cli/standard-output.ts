import type { Writable } from 'node:stream';
import { CliError } from './cli-error.ts';
import type { Output } from './dependencies.ts';
import { OutputClosed } from './output/output-closed.ts';

/** Faults that mean that the reader has gone. */
const GONE = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'EOF']);

const asFault = (fault: Error): Error => {
  if (GONE.has((fault as NodeJS.ErrnoException).code ?? '')) return new OutputClosed();
  const remedy = 'Make room, or write somewhere else.';
  return new CliError('OutputFailed', `the output cannot be written: ${fault.message}`, remedy, undefined, {
    cause: fault,
  });
};

/** A stream of the process as an {@link Output}: waits for a slow reader, and knows one that has gone. */
export const outputOn = (stream: Writable): Output => {
  // each write tells its own fault; without a listener the stream would end the process
  stream.on('error', () => undefined);
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (fault) => {
          if (fault === null || fault === undefined) resolve();
          else reject(asFault(fault));
        });
      }),
  };
};
