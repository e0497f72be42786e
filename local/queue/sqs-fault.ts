/** An error of SQS as its JSON protocol carries it. */
export class SqsFault extends Error {
  override readonly name = 'SqsFault';
  readonly type: string;
  /** The same error's name in the older protocol, which clients still show. */
  readonly queryCode: string;

  constructor(type: string, queryCode: string, message: string) {
    super(message);
    this.type = type;
    this.queryCode = queryCode;
  }
}

export const noSuchQueue = (): SqsFault =>
  new SqsFault(
    'com.amazonaws.sqs#QueueDoesNotExist',
    'AWS.SimpleQueueService.NonExistentQueue',
    'The specified queue does not exist.',
  );

export const badReceiptHandle = (): SqsFault =>
  new SqsFault(
    'com.amazonaws.sqs#ReceiptHandleIsInvalid',
    'ReceiptHandleIsInvalid',
    'The input receipt handle is invalid.',
  );

export const invalidValue = (message: string): SqsFault =>
  new SqsFault('com.amazonaws.sqs#InvalidParameterValueException', 'InvalidParameterValue', message);

export const unknownOperation = (): SqsFault =>
  new SqsFault('com.amazon.coral.service#UnknownOperationException', 'InvalidAction', 'Unknown operation.');
