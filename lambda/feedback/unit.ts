import { isFields } from '../../core/feedback/open-envelope.ts';

/** What is acknowledged or given back as one: an SQS record, or the whole event of any other invocation. */
export interface Unit {
  /** The SQS messageId; undefined if the unit can only be given back by failing the invocation. */
  readonly id: string | undefined;
  /** What to open. */
  readonly input: unknown;
  /** The text to set aside if it turns out unreadable, envelope included. */
  readonly body: () => string;
}

const isSqsRecord = (record: unknown): boolean => isFields(record) && record.eventSource === 'aws:sqs';

/** Whether an event is a batch from SQS, which answers record by record. */
export const isSqsBatch = (event: unknown): event is { readonly Records: readonly unknown[] } =>
  isFields(event) && Array.isArray(event.Records) && event.Records.length > 0 && event.Records.every(isSqsRecord);

const sqsUnit = (record: unknown): Unit => {
  const { messageId, body } = isFields(record) ? record : { messageId: undefined, body: undefined };
  return {
    id: typeof messageId === 'string' && messageId !== '' ? messageId : undefined,
    input: record,
    body: () => (typeof body === 'string' ? body : JSON.stringify(record)),
  };
};

/** The units of an invocation; an SNS record, an EventBridge event or a bare message is one whole. */
export const unitsOf = (event: unknown): Unit[] =>
  isSqsBatch(event)
    ? event.Records.map(sqsUnit)
    : [{ id: undefined, input: event, body: () => JSON.stringify(event) ?? 'null' }];
