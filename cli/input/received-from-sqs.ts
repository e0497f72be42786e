import { isFields } from '../../core/feedback/open-envelope.ts';

/**
 * The messages in what `aws sqs receive-message` prints, each in the form of a record: that command writes its members in
 * upper case, as no event of SES, SNS or Lambda does.
 *
 * @returns undefined if this is something else
 * @example receivedFromSqs({ Messages: [{ Body: '{…}' }] }) // [{ body: '{…}', attributes: undefined }]
 */
export const receivedFromSqs = (value: unknown): unknown[] | undefined => {
  if (!isFields(value) || !Array.isArray(value.Messages)) return undefined;
  if (!value.Messages.every((message) => isFields(message) && 'Body' in message)) return undefined;
  return value.Messages.map(({ Body, Attributes }) => ({ body: Body, attributes: Attributes }));
};
