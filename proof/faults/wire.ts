import { Readable } from 'node:stream';
import type { FaultKind, Service } from './fault.ts';

/** An answer as the SDK's HTTP handler gives it. */
export interface WireAnswer {
  readonly statusCode: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

const answer = (statusCode: number, headers: Readonly<Record<string, string>>, body: string): WireAnswer => ({
  statusCode,
  reason: '',
  headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  body: Readable.from([Buffer.from(body)]),
});

const awsJson = (status: number, type: string, message: string): WireAnswer =>
  answer(status, { 'content-type': 'application/x-amz-json-1.0' }, JSON.stringify({ __type: type, message }));

const awsXml = (status: number, code: string, message: string): WireAnswer =>
  answer(
    status,
    { 'content-type': 'text/xml' },
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${code}</Code><Message>${message}</Message></Error><RequestId>injected</RequestId></ErrorResponse>`,
  );

const THROTTLED: Readonly<Record<Service, () => WireAnswer>> = {
  dynamodb: () =>
    awsJson(
      400,
      'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded.',
    ),
  sqs: () => awsJson(400, 'com.amazonaws.sqs#RequestThrottled', 'Request is throttled.'),
  ses: () => awsXml(400, 'Throttling', 'Maximum sending rate exceeded.'),
};

const INTERNAL: Readonly<Record<Service, () => WireAnswer>> = {
  dynamodb: () => awsJson(500, 'com.amazonaws.dynamodb.v20120810#InternalServerError', 'Internal server error'),
  sqs: () => awsJson(500, 'com.amazonaws.sqs#InternalError', 'Internal error'),
  ses: () => awsXml(500, 'InternalFailure', 'The request processing has failed because of an error.'),
};

/** The error that Node or the SDK's handler throws; none of AWS's. */
const broken = (message: string, fields: object): Error => Object.assign(new Error(message), fields);

/**
 * What the client sees of a fault: an answer like the service's own, for the SDK to read, or an error of the connection.
 *
 * @throws the error of the connection
 */
export const wireFault = (service: Service, kind: Exclude<FaultKind, 'slow' | 'unprocessed'>): WireAnswer => {
  switch (kind) {
    case 'throttle':
      return THROTTLED[service]();
    case 'internal':
    case 'internal-after':
      return INTERNAL[service]();
    case 'empty-after':
      return answer(200, {}, '');
    case 'timeout-before':
    case 'timeout-after':
      throw broken('no answer within the request time-out', { name: 'TimeoutError', code: 'ETIMEDOUT' });
    case 'cut-before':
    case 'cut-after':
      throw broken('socket hang up', { code: 'ECONNRESET' });
    case 'refused':
      throw broken('connect ECONNREFUSED 127.0.0.1', { code: 'ECONNREFUSED', syscall: 'connect' });
  }
};

/** Whether the request arrives and does what it asked for. */
export const happens = (kind: FaultKind): boolean => kind.endsWith('-after') || kind === 'slow';
