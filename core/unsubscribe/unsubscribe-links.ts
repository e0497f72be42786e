import type { Address } from '../address/address.ts';

/** Makes the address at which one recipient can unsubscribe from one stream. */
export interface UnsubscribeLinks {
  /**
   * @returns an https URL, at most 950 characters
   * @throws when the signing key cannot be read; nothing was sent then
   */
  link(address: Address, stream: string): Promise<string>;
}
