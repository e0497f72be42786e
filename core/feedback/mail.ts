import * as v from 'valibot';
import { type Address, parseAddress } from '../address/address.ts';
import { type Instant, parseInstant } from '../instant.ts';
import { cleanText } from '../text.ts';
import { isFields } from './open-envelope.ts';

/** Characters kept of an id that SES makes; its own have about 60. */
export const ID_CHARS = 256;

/** Text, or nothing: whatever else stands there is as good as absent. */
export const Text = v.fallback(v.optional(v.string()), undefined);
const Told = v.object({ messageId: Text, timestamp: Text });

/** What a message says about the mail it is about; every part may be missing. */
export interface Mail {
  readonly messageId: string | undefined;
  readonly acceptedAt: Instant | undefined;
  /** All envelope recipients as keys, `undefined` for one that has none; undefined if SES does not tell. */
  readonly destination: () => readonly (Address | undefined)[] | undefined;
  readonly stream: string | undefined;
  readonly tenant: string | undefined;
  /** The topic of SES list management that the mail was sent for. */
  readonly topic: () => string | undefined;
}

const NAME = /^[A-Za-z0-9_-]{1,256}$/;

/** A stream, topic or tenant name, or undefined if it is none: `*` can never come from outside. */
export const scopeName = (raw: unknown): string | undefined =>
  typeof raw === 'string' && NAME.test(raw) ? raw : undefined;

const tag = (tags: unknown, name: string): string | undefined => {
  if (typeof tags !== 'object' || tags === null) return undefined;
  const values = (tags as { readonly [name: string]: unknown })[name];
  return scopeName(Array.isArray(values) ? values[0] : undefined);
};

/** The topic in `X-SES-LIST-MANAGEMENT-OPTIONS: <list>; topic=<topic>`. */
const topicOf = (headers: unknown): string | undefined => {
  if (!Array.isArray(headers)) return undefined;
  const options = headers.find(
    (header) => typeof header?.name === 'string' && header.name.toLowerCase() === 'x-ses-list-management-options',
  );
  if (typeof options?.value !== 'string') return undefined;
  for (const part of options.value.split(';').slice(1)) {
    const [key, value] = part.split('=', 2).map((side: string) => side.trim());
    if (/^topic(?:name)?$/i.test(key ?? '')) return scopeName(value?.replace(/^"(.*)"$/, '$1'));
  }
  return undefined;
};

const keysOf = (destination: readonly unknown[]): (Address | undefined)[] =>
  destination.map((entry) => {
    const parsed = parseAddress(entry);
    return parsed.ok ? parsed.value : undefined;
  });

/** Reads the `mail` object tolerantly: never fails, what cannot be used is absent. */
export const readMail = (raw: unknown): Mail => {
  const fields = isFields(raw) ? raw : {};
  const { messageId, timestamp } = v.parse(Told, fields);
  const { destination, tags, headers } = fields;
  return {
    messageId: messageId === undefined || messageId === '' ? undefined : cleanText(messageId, ID_CHARS),
    acceptedAt: parseInstant(timestamp),
    destination: () => (Array.isArray(destination) && destination.length > 0 ? keysOf(destination) : undefined),
    stream: tag(tags, 'stream'),
    tenant: tag(tags, 'ses:tenant-name'),
    topic: () => topicOf(headers),
  };
};
