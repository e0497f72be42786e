/** What can be paused: mail with one configuration set, or all mail of the account in its Region. */
export type Pausable = { readonly kind: 'configuration-set'; readonly name: string } | { readonly kind: 'account' };

/** SES's switch for something that can be paused. */
export interface Sending {
  /** Whether SES sends, as SES itself has it. @throws when SES cannot say */
  isEnabled(): Promise<boolean>;
  /** Switches it; twice is as good as once. @throws when SES does not take it; it may have happened */
  set(enabled: boolean): Promise<void>;
}

/** What SES lets an account do. */
export interface AccountStanding {
  /** Whether the account sends; SES or its owner may have paused it. */
  readonly sendingEnabled: boolean;
  /** SES has paused the account itself, and nobody but SES can resume it. */
  readonly isShutDown: boolean;
}

/**
 * A thing that can be paused, in words.
 *
 * @example pausableWords({ kind: 'account' }) // 'the whole account'
 */
export const pausableWords = (pausable: Pausable): string =>
  pausable.kind === 'account' ? 'the whole account' : `the configuration set ${pausable.name}`;
