/** An item of the table that remembers sends is not what this version writes. */
export class RecordUnreadable extends Error {
  override readonly name = 'RecordUnreadable';
  readonly code = 'RecordUnreadable';
}
