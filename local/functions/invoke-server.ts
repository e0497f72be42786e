import { randomUUID } from 'node:crypto';
import { arn } from '../arn.ts';
import { type Answer, type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import type { FailedInvocation } from './failed-invocation.ts';
import { functionName } from './function-name.ts';
import type { FunctionPool } from './function-pool.ts';

const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const MAX_ASYNC_BYTES = 1024 * 1024;
const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

export interface InvokeServerOptions {
  readonly port: number;
  readonly functions: ReadonlyMap<string, FunctionPool>;
  /** What `GET /` answers: where everything else of the local cloud is. */
  readonly describe: () => object;
  /** Told of each asynchronous invocation that fails: none is tried again. */
  readonly onFailure: (failed: FailedInvocation) => void;
}

/** Serves functions on Lambda's invoke API. Signatures are neither asked for nor looked at. */
export function startInvokeServer(options: InvokeServerOptions): Promise<LoopbackServer> {
  const { port, describe } = options;
  const handle = (request: Received): Answer | Promise<Answer> => {
    if (request.method === 'GET' && request.url.pathname === '/') return answerJson(200, describe());
    const [, name] = PATH.exec(request.url.pathname) ?? [];
    if (name === undefined || request.method !== 'POST') return unknownPath(request);
    return invoke(options, functionName(decoded(name)), request);
  };
  return serveOnLoopback(handle, { port, maxBytes: MAX_PAYLOAD_BYTES });
}

/** A part of a path as it is meant; one that is no good stays as it is, and names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function invoke({ functions, onFailure }: InvokeServerOptions, name: string, request: Received): Promise<Answer> {
  const pool = functions.get(name);
  if (pool === undefined) {
    const missing = arn('lambda', `function:${name}`);
    return refuse(404, 'ResourceNotFoundException', `Function not found: ${missing}`);
  }
  const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  const limit = type === 'Event' ? MAX_ASYNC_BYTES : MAX_PAYLOAD_BYTES;
  if (request.tooLong || request.body.length > limit) {
    return refuse(
      413,
      'RequestTooLargeException',
      `Request must be smaller than ${limit} bytes for the Invoke operation`,
    );
  }
  const payload = request.body.length === 0 ? '{}' : request.body.toString('utf8');
  const complaint = jsonComplaint(payload);
  if (complaint !== null) {
    return refuse(400, 'InvalidRequestContentException', `Could not parse request body into json: ${complaint}`);
  }
  switch (type) {
    case 'RequestResponse':
      return run(pool, payload);
    case 'Event':
      return start(pool, name, payload, onFailure);
    case 'DryRun':
      return { status: 204, headers: requestIds() };
    default:
      return refuse(
        400,
        'InvalidParameterValueException',
        `InvocationType ${type} is none of RequestResponse, Event, DryRun`,
      );
  }
}

/** Answers at once; what comes of it stands in the function's log. */
function start(pool: FunctionPool, name: string, payload: string, onFailure: InvokeServerOptions['onFailure']): Answer {
  const ids = requestIds();
  const requestId = ids['x-amzn-requestid'];
  // invoke() never rejects
  void pool.invoke(payload, requestId).then((outcome) => {
    if (!outcome.ok) onFailure({ function: name, requestId, at: new Date(), payload, error: outcome.error });
  });
  return { status: 202, headers: ids };
}

async function run(pool: FunctionPool, payload: string): Promise<Answer> {
  const ids = requestIds();
  const outcome = await pool.invoke(payload, ids['x-amzn-requestid']);
  const executed = { ...ids, 'x-amz-executed-version': '$LATEST' };
  if (!outcome.ok) return answerJson(200, outcome.error, { ...executed, 'x-amz-function-error': 'Unhandled' });
  const size = Buffer.byteLength(outcome.payload);
  if (size > MAX_PAYLOAD_BYTES) {
    const error = {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
    };
    return answerJson(200, error, { ...executed, 'x-amz-function-error': 'Unhandled' });
  }
  return { status: 200, headers: { ...executed, 'content-type': 'application/json' }, body: outcome.payload };
}

function jsonComplaint(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const requestIds = () => ({ 'x-amzn-requestid': randomUUID() });

const unknownPath = (request: Received): Answer =>
  refuse(404, 'UnknownOperationException', `${request.method} ${request.url.pathname} is not served here`);

const refuse = (status: number, type: string, message: string): Answer =>
  answerJson(status, { Type: 'User', Message: message }, { ...requestIds(), 'x-amzn-errortype': type });

const answerJson = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
