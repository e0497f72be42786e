import { awsFault } from '../../../cli/deployment/aws-fault.ts';
import { printable } from '../../../cli/output/printable.ts';

/** What the server tells on standard error, without a stack, when it cuts the connection. */
const endedEarly = (fault: unknown): Error => {
  const { code, message } = awsFault(fault);
  const told = new Error(`a file was not sent to its end: ${code}: ${printable(message)}`);
  told.stack = told.message;
  return told;
};

const bytesOf = (first: IteratorResult<string>, rest: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let piece = first;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          while (!piece.done && piece.value === '') piece = await rest.next();
          if (piece.done) return controller.close();
          controller.enqueue(encoder.encode(piece.value));
          piece = { value: '', done: false };
        } catch (fault) {
          throw endedEarly(fault);
        }
      },
      async cancel() {
        await rest.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
};

/**
 * Answers with a file to be kept, as fast as it is taken. A fault at its beginning is thrown; a later one cuts the
 * connection, so that what has arrived by then does not look whole.
 *
 * @throws what kept its first piece from being made
 */
export const fileAnswer = async (pieces: AsyncGenerator<string>, name: string, type: string): Promise<Response> => {
  const first = await pieces.next();
  const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
  return new Response(bytesOf(first, pieces), { headers });
};
