import { JsonFault } from '../http/aws-json.ts';

/** The header with an error's name in the older protocol. */
export const QUERY_ERROR = 'x-amzn-query-error';

/** An error of SQS; the second name is the one it has in the older protocol, which clients still show. */
const sqsFault = (type: string, queryCode: string, message: string, status = 400): JsonFault =>
  new JsonFault(type, message, { [QUERY_ERROR]: `${queryCode};Sender` }, status);

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

/** No queue has the ARN that a parameter gives. */
export const noSuchResource = (parameter: string): JsonFault =>
  sqsFault(
    'com.amazonaws.sqs#ResourceNotFoundException',
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    404,
  );

export const unknownOperation = (): JsonFault =>
  sqsFault('com.amazon.coral.service#UnknownOperationException', 'InvalidAction', 'Unknown operation.');
