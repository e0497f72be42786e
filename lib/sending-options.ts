import type { PolicyInput } from '../core/contract/index.ts';
import type { CircuitBreakerLimits } from './circuit-breaker.ts';
import type { SendingDomainSettings } from './sending-domain.ts';

/** What a stack can be told about sending, in the home Region and in others alike; all of it may be left out. */
export interface SendingOptions {
  /**
   * Who may stand in From: addresses and domains (`@ledger.example`, without subdomains).
   *
   * @default - the identities and the domains; without those, nobody: feedback works, sending is refused
   */
  readonly senders?: readonly string[];
  /**
   * New domains to send from: their identities are made, with DKIM, and the records of the DNS are made or told. Mail of
   * them that names no configuration set is in the stack's, so it feeds the list, whoever sends it.
   *
   * @default - none
   */
  readonly domains?: readonly SendingDomainSettings[];
  /**
   * Existing identities whose notifications shall feed the list, also for mail that is sent elsewhere.
   *
   * @default - none: what is sent with the stack's configuration set feeds the list
   */
  readonly identities?: readonly string[];
  /**
   * Whether to take the place of another system's topic at those identities; it is remembered and put back.
   *
   * @default false
   */
  readonly replace?: boolean;
  /**
   * Names of existing configuration sets whose feedback shall feed the list and which requests may name.
   *
   * @default - none
   */
  readonly configurationSets?: readonly string[];
  /**
   * Streams whose recipients are counted each for itself, at most 20; all others are counted together, as `other`. Each is a
   * custom metric, which CloudWatch bills, and so is `other`.
   *
   * @default - none: recipients are counted without their streams
   */
  readonly streams?: readonly string[];
  /**
   * Whether SES reports deliveries; without them only time forgives a soft bounce. It then reports instead what it has
   * accepted, unless `idempotency` is false.
   *
   * @default true
   */
  readonly deliveries?: boolean;
  /**
   * Whether requests may have an `idempotencyKey`.
   *
   * @default true
   */
  readonly idempotency?: boolean;
  /**
   * Whether there is a send queue, and how many functions may send from it at once, see `SendQueueProps`. Needs
   * idempotency.
   *
   * @default true
   */
  readonly queue?: boolean | { readonly maxConcurrency?: number };
  /**
   * Whether there are alarms, and who gets a mail for each, see `Alarms`. Each address must follow the link in a mail from
   * AWS first. Without addresses, subscribe to the topic of the output `AlarmTopicArn`.
   *
   * @default true
   */
  readonly alarms?: boolean | { readonly emails?: readonly string[] };
  /**
   * Whether there is a CloudWatch dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * Whether sending is paused when bounces or complaints reach a line, and which, see `CircuitBreakerLimits`. Needs alarms,
   * and deliveries or idempotency.
   *
   * @default - true where there is what it needs
   */
  readonly circuitBreaker?: boolean | CircuitBreakerLimits;
  /**
   * What the rules of the decision table leave open.
   *
   * @default - every default of `policySchema`
   */
  readonly policy?: PolicyInput;
  /**
   * Lets a region through that has SES but is not in the dated list.
   *
   * @default false
   */
  readonly allowRegion?: boolean;
}
