import type { Letter } from '../../../core/redrive/letters.ts';

/** The attributes by which a function says why it set a letter aside. */
export const why = (code: string, message = 'it says so') => ({
  code: { type: 'String', text: code },
  message: { type: 'String', text: message },
});

/** A letter with a code, or, without, one that SQS has moved. */
export const letter = (
  body: unknown,
  about: Partial<Letter> & { readonly code?: string; readonly said?: string } = {},
): Letter => {
  const { code, said, ...others } = about;
  return {
    messageId: 'm-1',
    receiptHandle: 'r-1',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: code === undefined ? {} : why(code, said),
    sentAt: 0,
    ...others,
  };
};

/** Lambda's record of a send that failed. */
export const failureRecord = (
  payload: unknown,
  about: {
    readonly errorType?: string;
    readonly condition?: string;
    readonly invokes?: number;
    readonly requestId?: string;
  } = {},
) => ({
  version: '1.0',
  timestamp: '2026-11-20T10:00:00.000Z',
  requestContext: {
    requestId: about.requestId ?? 'r-4711',
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:send:$LATEST',
    condition: about.condition ?? 'RetriesExhausted',
    approximateInvokeCount: about.invokes ?? 1,
  },
  requestPayload: payload,
  ...(about.errorType !== undefined && {
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: {
      errorType: about.errorType,
      errorMessage: JSON.stringify({ code: about.errorType, message: 'SES says no', retryable: false }),
      trace: [],
    },
  }),
});

/** A request that anybody could send. */
export const request = { from: 'no-reply@ledger.example', to: ['pat@target.example'], subject: 'Hello', text: 'Hello' };
