/**
 * An item of the table that this version cannot read whole. Its key fails alone: merging what could be read would write
 * the entry back without the rest, and so might unblock an address.
 */
export class EntryUnreadable extends Error {
  override readonly name = 'EntryUnreadable';
  readonly code = 'EntryUnreadable';
}
