/** Why an address is on the list, in SES's words. */
export const SUPPRESSION_REASONS = ['BOUNCE', 'COMPLAINT'] as const;

export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** One address on the account's list. */
export interface SuppressedDestination {
  /** As it was put there, upper and lower case kept. */
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly updatedAt: Date;
  /** The mail and the feedback it is there for; absent if it was added by hand. */
  readonly cause?: { readonly messageId: string; readonly feedbackId: string };
}

/**
 * The account's own suppression list: exact in upper and lower case where addresses are put, read and removed, blind to
 * it where mail is sent.
 */
export class SuppressionList {
  /** Reasons that stop a mail, unless its configuration set says otherwise. */
  activeReasons: readonly SuppressionReason[] = SUPPRESSION_REASONS;
  readonly #entries = new Map<string, SuppressedDestination>();
  readonly #spellings = new Map<string, Set<string>>();

  get size(): number {
    return this.#entries.size;
  }

  /** Every entry, in order of their addresses. */
  get entries(): SuppressedDestination[] {
    return [...this.#entries.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  }

  /** Adds an address, or changes what is known of this very spelling. */
  put(address: string, reason: SuppressionReason, more: Partial<SuppressedDestination> = {}): void {
    this.#entries.set(address, { updatedAt: new Date(), ...more, address, reason });
    const key = address.toLowerCase();
    this.#spellings.set(key, (this.#spellings.get(key) ?? new Set()).add(address));
  }

  get(address: string): SuppressedDestination | undefined {
    return this.#entries.get(address);
  }

  /** @returns whether this very spelling was there */
  delete(address: string): boolean {
    const key = address.toLowerCase();
    const spellings = this.#spellings.get(key);
    spellings?.delete(address);
    if (spellings?.size === 0) this.#spellings.delete(key);
    return this.#entries.delete(address);
  }

  /** Whether mail to `address`, in whatever spelling, is stopped where `reasons` are active. */
  stops(address: string, reasons: readonly SuppressionReason[] = this.activeReasons): boolean {
    const spellings = this.#spellings.get(address.toLowerCase()) ?? [];
    return [...spellings].some((spelling) => {
      const reason = this.#entries.get(spelling)?.reason;
      return reason !== undefined && reasons.includes(reason);
    });
  }
}
