import type { FeedItem, FeedState, Pulse } from '../../../../console/api.ts';
import type { Feed } from '../../../../console/server/feed/feed.ts';

/** All that was told to somebody. */
export class Heard {
  readonly items: FeedItem[] = [];
  readonly pulses: Pulse[] = [];
  readonly states: FeedState[] = [];
  ended = 0;
  readonly stop: () => void;

  constructor(feed: Pick<Feed, 'listen'>) {
    this.stop = feed.listen({
      item: (item) => this.items.push(item),
      pulse: (pulse) => this.pulses.push(pulse),
      state: (state) => this.states.push(state),
      ended: () => {
        this.ended += 1;
      },
    });
  }
}

/** Listens, and remembers all that is told. */
export const hear = (feed: Pick<Feed, 'listen'>): Heard => new Heard(feed);
