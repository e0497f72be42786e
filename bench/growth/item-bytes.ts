import type { AttributeValue } from '@aws-sdk/client-dynamodb';

const bytesOf = (text: string): number => Buffer.byteLength(text);

const bytesOfNumber = (digits: string): number => Math.ceil(digits.replace(/[-.]/g, '').length / 2) + 1;

const valueBytes = (value: AttributeValue): number => {
  if (value.S !== undefined) return bytesOf(value.S);
  if (value.N !== undefined) return bytesOfNumber(value.N);
  if (value.L !== undefined) return value.L.reduce((sum, each) => sum + 1 + valueBytes(each), 3);
  if (value.M !== undefined) return Object.values(value.M).length + 3 + itemBytes(value.M);
  return 1;
};

/** Bytes of an item as DynamoDB counts them: names and values in UTF-8, 3 for a list or map and 1 for each thing in it. */
export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + bytesOf(name) + valueBytes(value), 0);
