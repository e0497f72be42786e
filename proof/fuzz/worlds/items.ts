import { parseAddress } from '../../../core/address/address.ts';
import { promise, Violation } from '../target.ts';

/** What DynamoDB takes in one item. */
const ITEM_BYTES = 400 * 1024;
/** DynamoDB's limits of keys. */
const PARTITION_KEY_BYTES = 2048;
const SORT_KEY_BYTES = 1024;

type Item = { readonly [attribute: string]: { readonly S?: string | undefined } | undefined };

/** @throws Violation unless DynamoDB would take every item, and each is under an address key in its one form */
export const checkItems = (items: readonly object[], given: number): void => {
  for (const item of items as readonly Item[]) {
    const [address, scope] = [item.address?.S ?? '', item.scope?.S ?? ''];
    const parsed = parseAddress(address);
    promise(parsed.ok && parsed.value === address, () => `${JSON.stringify(address)} is no key in its one form`);
    promise(
      Buffer.byteLength(address) <= PARTITION_KEY_BYTES && Buffer.byteLength(scope) <= SORT_KEY_BYTES && scope !== '',
      () => `DynamoDB takes no such key: ${JSON.stringify([address, scope])}`,
    );
    const bytes = Buffer.byteLength(JSON.stringify(item));
    if (bytes > ITEM_BYTES) throw new Violation('memory', `an item has ${bytes} bytes after an input of ${given}`);
  }
};
