import { isFields } from '../feedback/open-envelope.ts';

/** What Lambda writes about an asynchronous invocation that failed, as far as it is read here. */
export interface FailureRecord {
  /** Of the invocation: two records of one have the same. */
  readonly requestId: string;
  /** `RetriesExhausted`: it ran and failed. `EventAgeExceeded`: it waited too long, and may never have run. */
  readonly condition: string;
  /** How often it was begun; undefined if Lambda does not say. */
  readonly invokes: number | undefined;
  /** What the function was invoked with. */
  readonly payload: unknown;
  /** What it threw: a code of ours, or Lambda's own word, such as `Sandbox.Timedout`. */
  readonly errorType: string | undefined;
  readonly errorMessage: string | undefined;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Our functions put JSON there, with a message for people in it. */
const messageOf = (errorMessage: unknown): string | undefined => {
  const text = textOf(errorMessage);
  const said = text === undefined ? undefined : parse(text);
  return isFields(said) ? (textOf(said.message) ?? text) : text;
};

/**
 * Reads a record of Lambda's on-failure destination.
 *
 * @returns undefined if this is something else
 * @see AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"
 */
export const readFailureRecord = (body: string): FailureRecord | undefined => {
  const record = parse(body);
  if (!isFields(record) || !isFields(record.requestContext) || !('requestPayload' in record)) return undefined;
  const { requestId, condition, approximateInvokeCount } = record.requestContext;
  const said = isFields(record.responsePayload) ? record.responsePayload : {};
  if (textOf(requestId) === undefined) return undefined;
  return {
    requestId: String(requestId),
    condition: textOf(condition) ?? 'unknown',
    invokes: typeof approximateInvokeCount === 'number' ? approximateInvokeCount : undefined,
    payload: record.requestPayload,
    errorType: textOf(said.errorType),
    errorMessage: messageOf(said.errorMessage),
  };
};
