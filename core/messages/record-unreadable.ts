/** What the table holds is not what this version writes. No retry can mend that. */
export class RecordUnreadable extends Error {
  override readonly name = 'RecordUnreadable';
  readonly code = 'RecordUnreadable';
}
