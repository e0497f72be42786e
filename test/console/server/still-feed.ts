import type { Feed } from '../../../console/server/feed/feed.ts';

/** A feed in which nothing happens. */
export const stillFeed = (told: { closed: boolean } = { closed: false }): Feed => ({
  state: { of: 'list', everySeconds: 5, newest: 0, problem: null },
  pulse: undefined,
  since: () => [],
  detail: async () => undefined,
  listen: () => () => undefined,
  close: () => {
    told.closed = true;
  },
});
