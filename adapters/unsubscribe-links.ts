import { signToken } from '../core/unsubscribe/token.ts';
import type { UnsubscribeLinks } from '../core/unsubscribe/unsubscribe-links.ts';
import { type UnsubscribeKeysOptions, unsubscribeKeys } from './unsubscribe-keys.ts';

/** What links are made of. */
export interface UnsubscribeLinksOptions extends UnsubscribeKeysOptions {
  /** Address of the function that takes unsubscribes. */
  readonly url: string;
}

/** Characters of a link: with the header's name and brackets, the line stays below the 998 that mail allows. */
export const LINK_CHARS = 950;

/**
 * Links to the unsubscribe function, each with a token that names one address and one stream and is signed.
 *
 * @example await unsubscribeLinks({ url, secretId }).link(address, 'newsletter') // 'https://….on.aws/?t=v1.first.…'
 */
export const unsubscribeLinks = ({ url, ...options }: UnsubscribeLinksOptions): UnsubscribeLinks => {
  const keys = unsubscribeKeys(options);
  return {
    async link(address, stream) {
      const { current } = await keys.forSigning();
      const link = `${url}?t=${signToken({ address, stream }, current)}`;
      if (link.length > LINK_CHARS)
        throw new Error(`an unsubscribe link of ${link.length} characters, at most ${LINK_CHARS}; use a shorter URL`);
      return link;
    },
  };
};
