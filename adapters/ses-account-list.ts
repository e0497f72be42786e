import {
  BadRequestException,
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  type SESv2Client,
  type SuppressedDestinationSummary,
} from '@aws-sdk/client-sesv2';
import type { AccountList, AccountListed, AccountListReason } from '../core/account-list/account-list.ts';
import { AccountListRefused } from '../core/account-list/account-list-refused.ts';
import { quote } from '../core/text.ts';
import { oneASecond, type Time } from './one-a-second.ts';

/** What SES's own list is reached by. */
export interface SesAccountListOptions extends Time {
  /** See `sesV2Client` for one with sensible time limits. */
  readonly client: SESv2Client;
  /** The Region of the client, as it is shown. */
  readonly region: string;
}

/** The most that SES gives at once. */
const PAGE = 1000;

const listed = ({ EmailAddress = '', Reason, LastUpdateTime }: SuppressedDestinationSummary): AccountListed => ({
  given: EmailAddress,
  reason: Reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE',
  updatedAt: LastUpdateTime?.getTime() ?? 0,
});

/** In the sandbox SES refuses with its general fault, and only the text tells. */
const isSandbox = (error: Error): boolean => /sandbox|production/i.test(error.message);

/**
 * SES's account list by its v2 API: one call a second, throttled ones tried again.
 *
 * @example const list = new SesAccountList({ client: sesV2Client({ region }), region });
 *   for await (const { given, reason } of list.list()) …
 */
export class SesAccountList implements AccountList {
  readonly region: string;
  readonly #client: SESv2Client;
  readonly #paced: ReturnType<typeof oneASecond>;

  constructor({ client, region, ...time }: SesAccountListOptions) {
    this.region = region;
    this.#client = client;
    this.#paced = oneASecond(time);
  }

  async *list(): AsyncGenerator<AccountListed> {
    let next: string | undefined;
    do {
      const command = new ListSuppressedDestinationsCommand({
        PageSize: PAGE,
        ...(next === undefined ? {} : { NextToken: next }),
      });
      const page = await this.#paced(() => this.#client.send(command)).catch((error: unknown) => {
        throw this.#closed(error) ?? error;
      });
      yield* (page.SuppressedDestinationSummaries ?? []).map(listed);
      next = page.NextToken || undefined;
    } while (next !== undefined);
  }

  async get(given: string): Promise<AccountListed | undefined> {
    const command = new GetSuppressedDestinationCommand({ EmailAddress: given });
    const found = await this.#unlessAbsent(() => this.#client.send(command));
    return found?.SuppressedDestination === undefined ? undefined : listed(found.SuppressedDestination);
  }

  async put(given: string, reason: AccountListReason): Promise<void> {
    const command = new PutSuppressedDestinationCommand({ EmailAddress: given, Reason: reason });
    try {
      await this.#paced(() => this.#client.send(command));
    } catch (error) {
      throw this.#refusal(error, given);
    }
  }

  async remove(given: string): Promise<'removed' | 'absent'> {
    const command = new DeleteSuppressedDestinationCommand({ EmailAddress: given });
    try {
      const done = await this.#unlessAbsent(() => this.#client.send(command));
      return done === undefined ? 'absent' : 'removed';
    } catch (error) {
      // a text that is no address to SES cannot be on its list
      if (error instanceof BadRequestException && !isSandbox(error)) return 'absent';
      throw this.#closed(error) ?? error;
    }
  }

  /** @returns undefined where SES says that there is no such thing */
  async #unlessAbsent<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#paced(call);
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  }

  #refusal(error: unknown, given: string): unknown {
    if (error instanceof BadRequestException && !isSandbox(error))
      return new AccountListRefused('ADDRESS', `SES does not list ${quote(given)}: ${error.message}`, { cause: error });
    return this.#closed(error) ?? error;
  }

  /** @returns undefined unless it is the sandbox that keeps the list closed */
  #closed(error: unknown): AccountListRefused | undefined {
    if (!(error instanceof Error) || !isSandbox(error)) return undefined;
    const message = `SES keeps its list closed in ${this.region}: ${error.message}`;
    return new AccountListRefused('SANDBOX', message, { cause: error });
  }
}
