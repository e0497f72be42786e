/** SES's send rate: a call passes while any rate is left, and takes as much as it has recipients. */
export class RateMeter {
  #left = Number.POSITIVE_INFINITY;
  #at = 0;

  /**
   * @param rate - recipients a second
   * @param now - milliseconds
   * @returns whether the call may pass
   */
  take(recipients: number, rate: number, now: number): boolean {
    this.#left = Math.min(rate, this.#left + ((now - this.#at) / 1000) * rate);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= recipients;
    return true;
  }
}
