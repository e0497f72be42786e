import type { AccountList } from '../../core/account-list/account-list.ts';
import { AccountListRefused } from '../../core/account-list/account-list-refused.ts';
import { type Address, isSimulator } from '../../core/address/address.ts';
import { keyOfListed } from '../../core/sync/pull.ts';
import type { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedAccountList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import type { Target } from '../deployment/target.ts';

/** What became of an address in SES's list of one Region. */
export type Cleared = { readonly region: string } & (
  | { readonly kind: 'cleared'; readonly spellings: readonly string[] }
  /** The account is in the sandbox there: SES keeps the list closed and withholds nothing because of it. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly error: CliError }
);

type Opened =
  | { readonly region: string; readonly opened: OpenedAccountList }
  | { readonly region: string; readonly error: CliError };

const isClosed = (fault: unknown): boolean => fault instanceof AccountListRefused && fault.code === 'SANDBOX';

const clear = async (list: AccountList, spellings: readonly string[]): Promise<Cleared> => {
  const { region } = list;
  const removed: string[] = [];
  try {
    for (const spelling of spellings) if ((await list.remove(spelling)) === 'removed') removed.push(spelling);
    return { region, kind: 'cleared', spellings: removed };
  } catch (fault) {
    return isClosed(fault) ? { region, kind: 'closed' } : { region, kind: 'failed', error: awsFault(fault) };
  }
};

/** Spellings in which SES lists addresses, by their key. */
type Spellings = ReadonlyMap<string, readonly string[]>;

/** Reads the whole list once: a call for a thousand addresses, where asking for each would be a call an address. */
const spellingsIn = async (
  list: AccountList,
  wanted: ReadonlySet<Address>,
  show: (seen: number) => void,
): Promise<Spellings> => {
  const spellings = new Map<string, string[]>();
  let seen = 0;
  for await (const listed of list.list()) {
    seen += 1;
    show(seen);
    const key = keyOfListed(listed);
    if (key !== undefined && wanted.has(key)) spellings.set(key, [...(spellings.get(key) ?? []), listed.given]);
  }
  return spellings;
};

/**
 * SES's own lists of some Regions, as a removal needs them. A Region that cannot be reached fails alone, address by
 * address.
 */
export class SesLists {
  readonly #regions: readonly Opened[];
  /** By Region; absent: SES was not asked what it lists. */
  readonly #known = new Map<string, Spellings>();

  private constructor(regions: readonly Opened[]) {
    this.#regions = regions;
  }

  /** @param regions - undefined for the deployment's own; none: SES's list is left alone */
  static async open(
    target: Target,
    regions: readonly (string | undefined)[],
    { openAccountList }: Dependencies,
  ): Promise<SesLists> {
    const opened: Opened[] = [];
    for (const region of regions)
      opened.push(
        await openAccountList(target, region).then(
          (list) => ({ region: list.list.region, opened: list }),
          (fault: unknown) => ({ region: region ?? "the deployment's Region", error: awsFault(fault) }),
        ),
      );
    return new SesLists(opened);
  }

  /**
   * Asks SES for all spellings of these addresses, so that only what is listed costs a call.
   *
   * @throws CliError what kept a Region's list from being read
   */
  async look(wanted: ReadonlySet<Address>, show: (seen: number) => void): Promise<void> {
    for (const each of this.#regions) {
      if ('error' in each) throw each.error;
      const found = await spellingsIn(each.opened.list, wanted, show).catch((fault: unknown): Spellings => {
        if (isClosed(fault)) return new Map();
        throw awsFault(fault);
      });
      this.#known.set(each.region, found);
    }
  }

  /**
   * Takes an address off every list, in these spellings or those that {@link look} has found. Never throws.
   *
   * @returns nothing for an address of the mailbox simulator, which SES lists nowhere
   */
  async clear(key: Address, spellings: readonly string[]): Promise<readonly Cleared[]> {
    if (isSimulator(key)) return [];
    return Promise.all(
      this.#regions.map(async (each): Promise<Cleared> => {
        if ('error' in each) return { region: each.region, kind: 'failed', error: each.error };
        const known = this.#known.get(each.region);
        return clear(each.opened.list, known === undefined ? spellings : (known.get(key) ?? []));
      }),
    );
  }

  close(): void {
    for (const each of this.#regions) if ('opened' in each) each.opened.close();
  }
}
