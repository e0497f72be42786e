import { arn } from '../arn.ts';
import type { FunctionError } from './outcome.ts';

/** An asynchronous invocation that failed and is not tried again. */
export interface FailedInvocation {
  readonly function: string;
  readonly requestId: string;
  readonly at: Date;
  /** What the function was invoked with, as JSON text. */
  readonly payload: string;
  readonly error: FunctionError;
}

/** Lambda's record of a failed invocation, as an on-failure destination gets it. */
export const onFailureRecord = (failed: FailedInvocation): object => ({
  version: '1.0',
  timestamp: failed.at.toISOString(),
  requestContext: {
    requestId: failed.requestId,
    functionArn: `${arn('lambda', `function:${failed.function}`)}:$LATEST`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 1,
  },
  requestPayload: JSON.parse(failed.payload),
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: failed.error,
});
