import { randomUUID } from 'node:crypto';
import { JsonFault, type JsonInput } from './aws-json.ts';
import type { Answer, Received } from './loopback-server.ts';

const HEADERS = { 'content-type': 'application/json' } as const;

/**
 * Answers a request of AWS's REST-JSON protocol: the operation stands in method and path, its members in path, query
 * and body, the name of an error in the header `x-amzn-errortype`.
 *
 * @param run - does what the request says; a {@link JsonFault} it throws is the answer
 */
export function answerRestJson(request: Received, run: (input: JsonInput) => object): Answer {
  const answer = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
    status,
    headers: { ...HEADERS, 'x-amzn-requestid': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
  try {
    return answer(200, run(parseInput(request.body)));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return answer(error.status, { message: error.message }, { ...error.headers, 'x-amzn-errortype': error.type });
  }
}

/** A moment as JSON bodies of AWS carry it: seconds since 1970, with a fraction. */
export const epochSeconds = (at: Date): number => at.getTime() / 1000;

function parseInput(body: Buffer): JsonInput {
  if (body.length === 0) return {};
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  } catch {
    // falls through to the same error as any other text that is not an object
  }
  throw new JsonFault('SerializationException', 'not a JSON object');
}
