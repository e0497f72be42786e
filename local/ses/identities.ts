import { bareAddress, domainOf } from './mailbox.ts';

/** The types of feedback an identity can have a topic for. */
export const NOTIFICATION_TYPES = ['Bounce', 'Complaint', 'Delivery'] as const;

export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** Where a check of SES's stands: of an identity, of its DKIM records or of its MAIL FROM domain. */
export type CheckStatus = 'SUCCESS' | 'PENDING' | 'FAILED' | 'TEMPORARY_FAILURE' | 'NOT_STARTED';

/** The settings of an address or a domain that mail is sent from. */
export interface IdentitySettings {
  /** Topics by type; a type without one is missing. */
  readonly topics: Map<NotificationType, string>;
  /** Types whose notifications carry the original headers. */
  readonly headers: Set<NotificationType>;
  /** Bounces and complaints also go by e-mail. */
  forwarding: boolean;
  dkim: { signing: boolean; status: CheckStatus };
  /** A MAIL FROM domain of its own; `null` is SES's. */
  mailFrom: { readonly domain: string; status: CheckStatus } | null;
  /** The configuration set of mail that names none; `null` is none. */
  configurationSet: string | null;
}

const fresh = (): IdentitySettings => ({
  topics: new Map(),
  headers: new Set(),
  forwarding: true,
  dkim: { signing: true, status: 'SUCCESS' },
  mailFrom: null,
  configurationSet: null,
});

/** The settings of every identity, by its name in lower case. */
export class Identities {
  readonly #settings = new Map<string, IdentitySettings>();

  /** Names of identities with settings of their own, in order. */
  get names(): string[] {
    return [...this.#settings.keys()].sort();
  }

  /** The settings of an identity, to read: those of one that was never changed are a new one's. */
  read(name: string): Readonly<IdentitySettings> {
    return this.#settings.get(name.toLowerCase()) ?? fresh();
  }

  /** The settings of an identity, to change. */
  of(name: string): IdentitySettings {
    const key = name.toLowerCase();
    const settings = this.#settings.get(key) ?? fresh();
    this.#settings.set(key, settings);
    return settings;
  }

  /** The settings that hold for mail from a mailbox: an address's own come before its domain's. */
  for(mailbox: string): IdentitySettings | undefined {
    return this.#settings.get(bareAddress(mailbox).toLowerCase()) ?? this.#settings.get(domainOf(mailbox));
  }
}
