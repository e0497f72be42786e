import { JsonFault } from '../http/aws-json.ts';

/** An error of SQS; the second name is the one it has in the older protocol, which clients still show. */
const sqsFault = (type: string, queryCode: string, message: string): JsonFault =>
  new JsonFault(type, message, { 'x-amzn-query-error': `${queryCode};Sender` });

export const noSuchQueue = (): JsonFault =>
  sqsFault(
    'com.amazonaws.sqs#QueueDoesNotExist',
    'AWS.SimpleQueueService.NonExistentQueue',
    'The specified queue does not exist.',
  );

export const badReceiptHandle = (): JsonFault =>
  sqsFault(
    'com.amazonaws.sqs#ReceiptHandleIsInvalid',
    'ReceiptHandleIsInvalid',
    'The input receipt handle is invalid.',
  );

export const invalidValue = (message: string): JsonFault =>
  sqsFault('com.amazonaws.sqs#InvalidParameterValueException', 'InvalidParameterValue', message);

export const unknownOperation = (): JsonFault =>
  sqsFault('com.amazon.coral.service#UnknownOperationException', 'InvalidAction', 'Unknown operation.');
