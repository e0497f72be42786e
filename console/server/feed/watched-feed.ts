import type { FeedDetail, FeedItem, FeedState, Pulse } from '../../api.ts';
import type { Feed, FeedListener } from './feed.ts';
import type { FeedLog } from './feed-log.ts';

/**
 * A log as one console shows it, and what is done only while somebody looks. Closing it ends that and all who listen; the
 * log goes on, and another console may show it.
 */
export class WatchedFeed implements Feed {
  readonly #log: FeedLog;
  readonly #listeners = new Map<FeedListener, () => void>();
  readonly #work: (() => () => void)[] = [];
  #ends: (() => void)[] = [];
  #closed = false;

  constructor(log: FeedLog) {
    this.#log = log;
  }

  get state(): FeedState {
    return this.#log.state;
  }

  get pulse(): Pulse | undefined {
    return this.#log.pulse;
  }

  since(after: number): readonly FeedItem[] {
    return this.#log.since(after);
  }

  detail(id: number): Promise<FeedDetail | undefined> {
    return this.#log.detail(id);
  }

  /**
   * Does something only while somebody listens.
   *
   * @param begin - called with the first listener, and again after a while without any; gives back what ends it
   */
  whileWatched(begin: () => () => void): void {
    if (this.#closed) return;
    this.#work.push(begin);
    if (this.#listeners.size > 0) this.#ends.push(begin());
  }

  listen(listener: FeedListener): () => void {
    if (this.#closed) {
      listener.ended();
      return () => undefined;
    }
    this.#listeners.set(listener, this.#log.listen(listener));
    if (this.#listeners.size === 1) this.#ends = this.#work.map((begin) => begin());
    return () => {
      this.#leave(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rest();
    for (const listener of [...this.#listeners.keys()]) {
      this.#leave(listener);
      listener.ended();
    }
  }

  #leave(listener: FeedListener): void {
    this.#listeners.get(listener)?.();
    this.#listeners.delete(listener);
  }

  #rest(): void {
    for (const end of this.#ends.splice(0)) end();
  }
}
