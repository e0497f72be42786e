/** A caller whose clock and way here tremble a little is not too fast. */
const TOLERANCE = 0.25;

/** SES's limit on every call that does not send: so many a second, each operation for itself. */
export class SettingsMeter {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /**
   * @param rate - calls a second; `null` is no limit
   * @param now - milliseconds
   * @returns whether the call may pass
   */
  take(operation: string, rate: number | null, now: number): boolean {
    if (rate === null) return true;
    const most = Math.max(1, rate) + TOLERANCE;
    const bucket = this.#buckets.get(operation) ?? { left: most, at: now };
    bucket.left = Math.min(most, bucket.left + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    this.#buckets.set(operation, bucket);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}
