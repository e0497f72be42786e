import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Instant, parseInstant, SECOND } from '../core/instant.ts';

/** A DynamoDB item, or a map within one, in the wire form of the low-level client. */
export type Attributes = Record<string, AttributeValue>;

/** Text as DynamoDB holds it. */
export const text = (value: string): AttributeValue => ({ S: value });

/** The attributes whose value is a string; those that are undefined are left out. */
export const texts = (values: { readonly [name: string]: string | undefined }): Attributes => {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) attributes[name] = { S: value };
  return attributes;
};

/** A string attribute; undefined if it is absent or no string. */
export const readText = (attributes: Attributes, name: string): string | undefined => attributes[name]?.S;

/** A time written as ISO 8601; undefined if it is absent or none. */
export const readInstant = (attributes: Attributes, name: string): Instant | undefined =>
  parseInstant(attributes[name]?.S);

const LATEST_SECONDS = 8_640_000_000_000;

/** A time written in epoch seconds; undefined if it is absent or none that a `Date` could hold. */
export const readEpochSeconds = (attributes: Attributes, name: string): Instant | undefined => {
  const digits = attributes[name]?.N;
  if (digits === undefined || digits === '') return undefined;
  const seconds = Number(digits);
  return seconds >= 0 && seconds <= LATEST_SECONDS ? seconds * SECOND : undefined;
};
