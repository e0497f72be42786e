/** The table takes no record of this size. It is certain that nothing was written, and no retry can mend that. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';
  readonly code = 'RecordTooLarge';
}
