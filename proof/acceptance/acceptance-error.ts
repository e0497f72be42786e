/** What this machine lacks to run the acceptance, and how to get it. */
export class Missing extends Error {
  override readonly name = 'Missing';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** A claim that does not hold. */
export class ClaimFailed extends Error {
  override readonly name = 'ClaimFailed';
}

/**
 * Says that a claim must hold.
 *
 * @throws ClaimFailed with what was seen instead
 * @example claim(status === 'sent', `the send should be sent, but is ${status}`)
 */
export function claim(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new ClaimFailed(otherwise);
}
