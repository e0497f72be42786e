import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Address } from '../core/address/address.ts';
import { EVERYWHERE, type Policy, type PolicyInput } from '../core/contract/index.ts';
import type { Standing } from '../core/entry/derive.ts';
import { keysToCheck } from '../core/entry/entry.ts';
import type { Instant } from '../core/instant.ts';
import { add } from '../core/ledger/add.ts';
import { allow } from '../core/ledger/allow.ts';
import type { Decided } from '../core/ledger/decision.ts';
import type { Told } from '../core/ledger/last-word.ts';
import { optIn, optOut } from '../core/ledger/opt.ts';
import { remove } from '../core/ledger/remove.ts';
import { type Block, blockOf, partition, type Withheld } from '../core/send/partition.ts';
import type { Refused } from '../core/send/recipients.ts';
import { dynamoDbClient } from './dynamodb-client.ts';
import { DynamoDbLedger } from './dynamodb-ledger.ts';
import { listFault } from './list-fault.ts';
import {
  addressOf,
  instantOf,
  optionsOf,
  policyOf,
  recipientsOf,
  scopeOf,
  streamOf,
  tableOf,
  textOf,
} from './list-input.ts';

/** What a list is made of. */
export interface SuppressionListOptions {
  /** Name of the suppression table: the stack's output `TableName`. */
  readonly table: string;
  /** @default - `dynamoDbClient()`, with the credentials and Region of the environment */
  readonly client?: DynamoDBClient;
  /** What the stack was deployed with, since ends are written by it. @default - every default */
  readonly policy?: PolicyInput;
  /** Milliseconds since the epoch, UTC. @default Date.now */
  readonly now?: () => Instant;
}

/** In which kind of mail. */
export interface InStream {
  /** Checked beside `*`. @default - only what holds everywhere is checked */
  readonly stream?: string | undefined;
}

/** How a person's choice came about. */
export interface ChoiceOptions {
  /** The page or program, at most 64 characters; kept with the entry, so no personal data. @example 'preference-centre' */
  readonly by?: string;
  /** When it was made, for choices of the past: a newer one wins. @default - now, and it has the last word */
  readonly at?: Date;
}

/** An operator's decision. */
export interface DecideOptions extends Decided {
  /** `*` or a stream. @default '*' */
  readonly scope?: string;
}

/** Everybody who was asked about, each in one of the lists; the same mailbox twice counts once. */
export interface PartitionedList {
  /** As given, in order. */
  readonly mailable: readonly string[];
  readonly suppressed: readonly Withheld[];
  /** Malformed addresses. */
  readonly refused: readonly Refused[];
}

/**
 * The suppression list in your own program: ask it before you send, and tell it what people choose. Every write merges
 * with what is there, so any number of programs may write at the same time.
 *
 * Needs `dynamodb:BatchGetItem` on the table, and `dynamodb:PutItem` for the methods that write.
 *
 * @example
 * const list = new SuppressionList({ table: 'Suppressor-Table' });
 * const { mailable } = await list.partition(['Pat <pat@target.example>'], { stream: 'newsletter' });
 */
export class SuppressionList {
  readonly #table: string;
  readonly #ledger: DynamoDbLedger;
  readonly #policy: Policy;
  readonly #now: () => Instant;

  /** @throws ListInputInvalid for a table without a name, or a policy that cannot be */
  constructor(options: SuppressionListOptions) {
    const { table, client, policy = {}, now = Date.now } = optionsOf(options, ['table', 'client', 'policy', 'now']);
    this.#table = tableOf(table);
    this.#policy = policyOf(policy);
    this.#ledger = new DynamoDbLedger({ client: client ?? dynamoDbClient(), table, now });
    this.#now = now;
  }

  /**
   * Why an address may not be mailed now; null if it may.
   *
   * @throws ListUnavailable when the list cannot be read: then do not send
   * @throws ListInputInvalid for a malformed address or stream
   * @example await list.isSuppressed('pat@target.example', { stream: 'receipts' }) // { reason: 'hard-bounce', scope: '*', … }
   */
  async isSuppressed(address: string, options: InStream = {}): Promise<Block | null> {
    const { stream } = optionsOf(options, ['stream']);
    const key = addressOf(address);
    const standings = await this.#standings([key], stream);
    return blockOf(key, stream, standings, this.#now()) ?? null;
  }

  /**
   * Splits addresses into those that may be mailed now, those that may not, and malformed ones. Any number: a hundred
   * keys are one request.
   *
   * @throws ListUnavailable when any of it cannot be read: then do not send
   * @throws ListInputInvalid for a malformed stream, or what is no list
   */
  async partition(addresses: readonly string[], options: InStream = {}): Promise<PartitionedList> {
    const { stream } = optionsOf(options, ['stream']);
    const { usable, refused } = recipientsOf(addresses);
    const standings = await this.#standings(
      usable.map(({ mailbox }) => mailbox.key),
      stream,
    );
    const { mailable, withheld } = partition(usable, stream, standings, this.#now());
    return { mailable: mailable.map(({ given }) => given), suppressed: withheld, refused };
  }

  /**
   * Unsubscribes an address from one stream; other mail goes on.
   *
   * Done again it is written again, unless its time is not newer: then an opt-in between the two, told late, lifts nothing.
   *
   * @returns whether anything was written: `unchanged` if a choice as new is known
   * @throws ListUnavailable, ListInputInvalid
   * @example await list.optOut('pat@target.example', 'newsletter', { by: 'preference-centre' })
   */
  async optOut(address: string, stream: string, choice: ChoiceOptions = {}): Promise<'written' | 'unchanged'> {
    return this.#choose(optOut, address, stream, choice);
  }

  /**
   * Subscribes an address to one stream again. Lifts unsubscribes only: who bounced or complained stays on the list.
   *
   * @throws ListUnavailable, ListInputInvalid
   */
  async optIn(address: string, stream: string, choice: ChoiceOptions = {}): Promise<'written' | 'unchanged'> {
    return this.#choose(optIn, address, stream, choice);
  }

  /**
   * Puts an address on the list by a person's decision, without end.
   *
   * @param decision - `by` and `note` are required
   * @throws ListUnavailable, ListInputInvalid
   * @example await list.add('pat@target.example', { by: 'support', note: 'asked for by phone' })
   */
  async add(address: string, decision: DecideOptions): Promise<'written' | 'unchanged'> {
    return this.#decide(add, address, decision);
  }

  /**
   * Takes an address off the list by a person's decision: what happened before does not block it any more, what happens
   * afterwards does. SES's own list is not touched: take the address off it first, or SES refuses the next mail and it is
   * blocked again.
   *
   * @param decision - `by` and `note` are required
   * @returns `unchanged` if the same person removed it with the same note and nothing happened since
   * @throws ListUnavailable, ListInputInvalid
   * @example await list.remove('pat@target.example', { by: 'support', note: 'mailbox works again' })
   */
  async remove(address: string, decision: DecideOptions): Promise<'written' | 'unchanged'> {
    return this.#decide(remove, address, decision);
  }

  /**
   * Pins an address by a person's decision: it may be mailed, whatever bounces, until a complaint or an unsubscribe that
   * comes after it. SES's own list is not touched.
   *
   * @param decision - `by` and `note` are required
   * @throws ListUnavailable, ListInputInvalid
   */
  async allow(address: string, decision: DecideOptions): Promise<'written' | 'unchanged'> {
    return this.#decide(allow, address, decision);
  }

  async #decide(tell: typeof add, address: string, decision: DecideOptions): Promise<'written' | 'unchanged'> {
    const { scope = EVERYWHERE, by, note } = optionsOf(decision, ['by', 'note', 'scope']);
    const key = { address: addressOf(address), scope: scopeOf(scope) };
    const said = { by: textOf('by', by), note: textOf('note', note) };
    return this.#written(tell(this.#ledger, key, said, this.#policy, this.#now()));
  }

  async #choose(
    tell: typeof optIn,
    address: string,
    stream: string,
    options: ChoiceOptions,
  ): Promise<'written' | 'unchanged'> {
    const { by, at } = optionsOf(options, ['by', 'at']);
    const choice = {
      key: { address: addressOf(address), scope: streamOf(stream) },
      ...(by === undefined ? {} : { by: textOf('by', by) }),
      ...(at === undefined ? {} : { at: instantOf(at) }),
    };
    return this.#written(tell(this.#ledger, choice, this.#policy, this.#now()));
  }

  async #written(telling: Promise<Told>): Promise<'written' | 'unchanged'> {
    try {
      return (await telling).outcome;
    } catch (cause) {
      throw listFault('the list could not be changed', this.#table, cause);
    }
  }

  async #standings(addresses: readonly Address[], stream: string | undefined): Promise<ReadonlyMap<string, Standing>> {
    const scope = stream === undefined ? undefined : streamOf(stream);
    const keys = addresses.flatMap((address) => keysToCheck(address, scope));
    const { found, failed } = await this.#ledger.standings(keys);
    const [cause] = failed.values();
    if (cause === undefined) return found;
    throw listFault(`${failed.size} of ${keys.length} entries could not be read`, this.#table, cause);
  }
}
