import type { ListPage } from '../../../api.ts';
import { get } from '../../parts/fetch.ts';
import { type Query, searchOf } from '../../parts/route.ts';

/** Pages that are kept: the one that is shown, and those beside it. */
const KEPT = 3;
/** What was fetched ahead longer ago is asked for again. */
const FRESH_MS = 60_000;

interface Kept {
  readonly page: ListPage;
  readonly at: number;
}

/** Pages of the list that were asked for of late, so that the next one is there when somebody wants it. */
export class PageCache {
  readonly #kept = new Map<string, Kept>();
  readonly #asked = new Map<string, Promise<ListPage>>();
  #turn = 0;
  readonly #load: (query: Query) => Promise<ListPage>;

  constructor(load: (query: Query) => Promise<ListPage> = (query) => get<ListPage>('/list', query)) {
    this.#load = load;
  }

  /** A page that is there already. */
  peek(query: Query): ListPage | undefined {
    const kept = this.#kept.get(searchOf(query));
    return kept === undefined || Date.now() - kept.at > FRESH_MS ? undefined : kept.page;
  }

  /** @throws ProblemError */
  async page(query: Query): Promise<ListPage> {
    const kept = this.peek(query);
    if (kept !== undefined) return kept;
    const key = searchOf(query);
    const turn = this.#turn;
    const asked = this.#asked.get(key) ?? this.#load(query);
    this.#asked.set(key, asked);
    const page = await asked.finally(() => {
      if (this.#asked.get(key) === asked) this.#asked.delete(key);
    });
    if (turn !== this.#turn) return page;
    this.#kept.delete(key);
    this.#kept.set(key, { page, at: Date.now() });
    for (const old of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(old);
    return page;
  }

  /** Asks for a page before anybody wants it; what fails is told when somebody does. */
  ahead(query: Query): void {
    this.page(query).catch(() => undefined);
  }

  /** Forgets what is known: the list was changed. What is under way is not kept either. */
  clear(): void {
    this.#turn += 1;
    this.#kept.clear();
    this.#asked.clear();
  }
}
