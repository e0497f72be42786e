import { createHash } from 'node:crypto';
import { invalidValue } from './sqs-fault.ts';

/** One attribute of a queue message, in the words of the SQS API. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64, as it stands in JSON. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';

/**
 * The attributes in a request.
 *
 * @throws JsonFault `InvalidParameterValue` where they are none
 */
export function readAttributes(given: unknown): MessageAttributes {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidValue('MessageAttributes must be a map.');
  return Object.fromEntries(
    Object.entries(given).map(([name, attribute]) => {
      const { DataType, StringValue, BinaryValue }: Record<string, unknown> = { ...attribute };
      if (typeof DataType !== 'string' || !isText(StringValue) || !isText(BinaryValue))
        throw invalidValue(`The message attribute '${name}' must contain a DataType and a value.`);
      return [
        name,
        {
          DataType,
          ...(StringValue !== undefined && { StringValue }),
          ...(BinaryValue !== undefined && { BinaryValue }),
        },
      ];
    }),
  );
}

const STRING = Buffer.from([1]);
const BINARY = Buffer.from([2]);

export const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

/**
 * The checksum SQS gives to a message's attributes: by name, each name, type and value with its length before it.
 *
 * @returns `undefined` when there are no attributes
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const pieces = names.flatMap((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    const value = BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
    const kind = DataType.startsWith('Binary') ? BINARY : STRING;
    return [measured(Buffer.from(name)), measured(Buffer.from(DataType)), kind, measured(value)];
  });
  return md5(Buffer.concat(pieces));
}

function measured(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
