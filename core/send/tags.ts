import { KEY_TAG, STREAM_TAG, TAG_TEXT } from '../contract/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';

/** {@link TAG_TEXT} in words. */
export const NAME_RULE = '1 to 256 of the characters A-Z a-z 0-9 _ -';

/**
 * Why a message tag may not be called so; undefined if it may.
 *
 * @example tagNameFault('stream') // 'any tag name but stream and suppressor-key, …'
 */
export const tagNameFault = (name: string): string | undefined => {
  if (name === STREAM_TAG || name === KEY_TAG)
    return `any tag name but ${STREAM_TAG} and ${KEY_TAG}, which are written by the send function; use "stream" and "idempotencyKey"`;
  if (name.toLowerCase().startsWith('ses:')) return `a tag name of the characters A-Z a-z 0-9 _ -; ses: is SES's own`;
  return TAG_TEXT.test(name) ? undefined : `a tag name has ${NAME_RULE}`;
};

/** Why a message tag may not have this value; undefined if it may. */
export const tagValueFault = (_name: string, value: unknown): string | undefined =>
  typeof value === 'string' && TAG_TEXT.test(value) ? undefined : NAME_RULE;

/**
 * Reads `X-SES-MESSAGE-TAGS` headers, whose tags SES would ignore because the call itself names some. The same name
 * twice: the last one counts. The request's own stream may stand there too.
 *
 * @param values - of every such header: `name=value`, separated by commas or semicolons
 * @returns the tags but for the stream, or what is wrong
 * @example readTagHeaders(['campaign=spring, run=7'], undefined) // { campaign: 'spring', run: '7' }
 */
export const readTagHeaders = (
  values: readonly string[],
  stream: string | undefined,
): Result<Record<string, string>, string> => {
  const tags = new Map<string, string>();
  for (const pair of values.flatMap((value) => value.split(/[,;]/))) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    if (at < 0) return fail(`${quote(pair.trim())} is no name=value`);
    const name = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    if (name === STREAM_TAG && value === stream) continue;
    if (name === STREAM_TAG)
      return fail(
        `the stream is ${quote(value)}, but the request's ${stream === undefined ? 'is not given' : `is ${quote(stream)}`}; set "stream" to the one that is meant`,
      );
    const fault = tagNameFault(name) ?? tagValueFault(name, value);
    if (fault !== undefined) return fail(`${fault}, got ${quote(pair.trim())}`);
    tags.set(name, value);
  }
  return ok(Object.fromEntries(tags));
};
