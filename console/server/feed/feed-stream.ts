import type { Feed } from './feed.ts';

/** One server-sent event. */
export interface FeedEvent {
  readonly event: string;
  readonly data: object;
  /** Of a line. */
  readonly id?: number;
}

/** The event that only shows that the connection lives. */
export const BEAT = 'beat';

/** Events that may wait for a client: twice as many as there are lines kept. */
const MOST_WAITING = 2000;

/**
 * The feed for one client: how it stands, the newest counts, the lines it has not seen, and then what happens. It ends with
 * the feed, by {@link end}, or when more waits for the client than is kept for it.
 *
 * @example for await (const { event, data } of new FeedStream(feed, 17, cutOff)) await write(event, data);
 */
export class FeedStream implements AsyncIterable<FeedEvent> {
  readonly #waiting: FeedEvent[];
  readonly #cutOff: () => void;
  readonly #most: number;
  #stopListening: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #ended = false;

  /**
   * @param after - only lines after this one
   * @param cutOff - called when the client is too slow: whoever waits for it to read need not any more
   * @param most - events that may wait, those it begins with left out
   */
  constructor(feed: Feed, after: number, cutOff: () => void, most: number = MOST_WAITING) {
    const { state, pulse } = feed;
    this.#cutOff = cutOff;
    this.#waiting = [
      { event: 'state', data: state },
      ...(pulse === undefined ? [] : [{ event: 'pulse', data: pulse }]),
      ...feed.since(after).map((item) => ({ event: 'item', data: item, id: item.id })),
    ];
    this.#most = this.#waiting.length + most;
    this.#stopListening = feed.listen({
      item: (item) => this.#push({ event: 'item', data: item, id: item.id }),
      pulse: (told) => this.#push({ event: 'pulse', data: told }),
      state: (told) => this.#push({ event: 'state', data: told }),
      ended: () => this.end(),
    });
  }

  /** Events that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Shows that the connection lives, where nothing else does. */
  beat(): void {
    if (this.#waiting.length === 0) this.#push({ event: BEAT, data: {} });
  }

  end(): void {
    this.#ended = true;
    this.#waiting.length = 0;
    this.#stopListening();
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FeedEvent> {
    while (!this.#ended) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }

  #push(event: FeedEvent): void {
    if (this.#ended) return;
    if (this.#waiting.length >= this.#most) {
      this.end();
      this.#cutOff();
      return;
    }
    this.#waiting.push(event);
    this.#wake();
  }
}
