import { randomUUID } from 'node:crypto';
import type { Answer, Received } from './loopback-server.ts';

/** The members of a request, whatever they are. */
export type JsonInput = Readonly<Record<string, unknown>>;

/** An error as the JSON protocols of AWS carry it. */
export class JsonFault extends Error {
  override readonly name: string = 'JsonFault';
  readonly type: string;
  readonly status: number;
  /** Headers of the answer, beside the usual ones. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: string, message: string, headers: Readonly<Record<string, string>> = {}, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
    this.headers = headers;
  }
}

/**
 * Answers a request of one of AWS's JSON protocols.
 *
 * @param run - does what the operation says; a {@link JsonFault} it throws is the answer
 */
export async function answerAwsJson(
  request: Received,
  version: '1.0' | '1.1',
  run: (operation: string, input: JsonInput) => object | Promise<object>,
): Promise<Answer> {
  const answer = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
  try {
    const [, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    return answer(200, await run(operation, parseInput(request.body)));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return answer(error.status, { __type: error.type, message: error.message }, error.headers);
  }
}

function parseInput(body: Buffer): JsonInput {
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (typeof input === 'object' && input !== null) return { ...input };
  } catch {
    // falls through to the same error as any other text that is not an object
  }
  throw new JsonFault('com.amazon.coral.service#SerializationException', 'not a JSON object');
}
