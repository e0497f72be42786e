import type { FeedDetail, FeedItem, FeedState, Pulse } from '../../api.ts';

/** Told of what happens. */
export interface FeedListener {
  item(item: FeedItem): void;
  pulse(pulse: Pulse): void;
  state(state: FeedState): void;
  /** The feed was closed: nothing follows. */
  ended(): void;
}

/** What happens, as it happens. */
export interface Feed {
  /** How it stands now. */
  readonly state: FeedState;
  /** The newest counts, if there are any yet. */
  readonly pulse: Pulse | undefined;
  /**
   * The newest lines, oldest first; no more than are kept.
   *
   * @param after - only those after this id
   */
  since(after: number): readonly FeedItem[];
  /** All that is known of a line; undefined: it is no longer kept. May ask AWS. */
  detail(id: number): Promise<FeedDetail | undefined>;
  /**
   * Tells a listener from now on. What costs something, such as looking at the list, is done only while there is one.
   *
   * @returns ends it
   */
  listen(listener: FeedListener): () => void;
  /** Ends everything it has begun. */
  close(): void;
}
