import type { SigningKeys } from './signing-keys.ts';

/** Where the keys of unsubscribe links come from. */
export interface UnsubscribeKeys {
  /**
   * Keys to sign with, an hour old at the most while the secret can be read.
   *
   * @throws when they cannot be read
   */
  forSigning(): Promise<SigningKeys>;
  /**
   * Keys to verify a link with. A key nobody knows yet may just have been made, so the secret is then read again, but
   * strangers cannot make that happen more than once in half a minute.
   *
   * @param keyId - the id in the link
   * @throws when it cannot be told whether there is such a key
   */
  forVerifying(keyId: string): Promise<SigningKeys>;
}
