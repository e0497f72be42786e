import { Hono } from 'hono';
import type { FeedItem, Problem } from '../../../../console/api.ts';
import { type FeedLine, feedItem } from '../../../../console/server/feed/feed-line.ts';
import { FeedLog } from '../../../../console/server/feed/feed-log.ts';
import { FeedStream } from '../../../../console/server/feed/feed-stream.ts';
import { rawText } from '../../../../console/server/feed/raw-text.ts';
import { WatchedFeed } from '../../../../console/server/feed/watched-feed.ts';
import { refusalOf } from '../../../../console/server/refusal-of.ts';
import { feedRoutes } from '../../../../console/server/routes/feed.ts';
import { memoryDependencies } from '../../../cli/harness.ts';

const AT = '2026-11-20T12:00:00.000Z';
const PULSE = {
  minutes: 5,
  at: AT,
  sent: 1,
  suppressed: null,
  refused: 0,
  bounces: 0,
  complaints: 0,
  deliveries: 0,
};

const line = (subject: string): FeedLine => ({
  item: feedItem({ at: AT, what: 'accepted', subject, addresses: ['pat@target.example'] }),
  told: { sentence: 'Accepted.', because: null, source: null, raw: [rawText('Mail', 'mime', 'To: pat')], lacks: null },
});

/** A log behind the routes, and whether anybody watches it. */
const setUp = () => {
  const log = new FeedLog({ of: 'all', everySeconds: null });
  const feed = new WatchedFeed(log);
  const world = { log, feed, watched: 0, beating: 0, beat: () => undefined as unknown };
  feed.whileWatched(() => {
    world.watched += 1;
    return () => {
      world.watched -= 1;
    };
  });
  const api = new Hono();
  const beats = (beat: () => void) => {
    world.beating += 1;
    world.beat = beat;
    return () => {
      world.beating -= 1;
    };
  };
  feedRoutes({ beats })(api, { deps: memoryDependencies({}), target: { stack: 'Suppressor' }, feed });
  api.onError((fault, c) => {
    const { status, problem } = refusalOf(fault);
    return c.json({ error: problem }, status);
  });
  return { ...world, api, world };
};

interface Told {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** Reads server-sent events one by one, as a browser does. */
const reading = (response: Response) => {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const block = async (): Promise<string | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  };
  const next = async (): Promise<Told | undefined> => {
    const found = await block();
    if (found === undefined) return undefined;
    const fields = new Map(
      found.split('\n').map((each) => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 2)]),
    );
    return { event: fields.get('event') ?? '', id: fields.get('id'), data: JSON.parse(fields.get('data') ?? 'null') };
  };
  const some = async (count: number): Promise<Told[]> => {
    const all: Told[] = [];
    for (let i = 0; i < count; i += 1) all.push((await next()) as Told);
    return all;
  };
  return { block, next, some, cancel: () => reader.cancel() };
};

const settle = () => new Promise((resolve) => setImmediate(resolve));
const subjectOf = ({ data }: Told) => (data as FeedItem).subject;

describe('GET /feed', () => {
  test('tells how it stands, the counts, the lines that are kept, and then each line as it happens', async () => {
    const { api, log } = setUp();
    log.add(line('a'));
    log.add(line('b'));
    log.setPulse(PULSE);
    const response = await api.request('/feed');
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'text/event-stream',
      'no-cache',
    ]);
    const events = reading(response);
    expect(await events.some(4)).toEqual([
      { event: 'state', id: undefined, data: { of: 'all', everySeconds: null, newest: 2, problem: null } },
      { event: 'pulse', id: undefined, data: PULSE },
      { event: 'item', id: '1', data: { id: 1, ...line('a').item } },
      { event: 'item', id: '2', data: { id: 2, ...line('b').item } },
    ]);
    log.add(line('c\u2028\n\ndata: x'));
    log.setProblem({ code: 'C', message: 'm', remedy: 'r' });
    log.setPulse({ ...PULSE, sent: 2 });
    const live = await events.some(3);
    expect(live.map(({ event, id }) => [event, id])).toEqual([
      ['item', '3'],
      ['state', undefined],
      ['pulse', undefined],
    ]);
    expect(live[1]?.data).toMatchObject({ problem: { code: 'C' } });
    await events.cancel();
  });

  test('begins without counts where there are none yet', async () => {
    const { api, log } = setUp();
    const events = reading(await api.request('/feed'));
    expect((await events.next())?.event).toBe('state');
    log.add(line('a'));
    expect((await events.next())?.event).toBe('item');
    await events.cancel();
  });

  test.each<[string, string, Record<string, string>, (string | null)[]]>([
    ['the header', '/feed', { 'last-event-id': '2' }, ['c']],
    ['the query', '/feed?after=1', {}, ['b', 'c']],
    ['the header before the query', '/feed?after=0', { 'last-event-id': '1' }, ['b', 'c']],
    ['a header that says nothing', '/feed?after=2', { 'last-event-id': 'x' }, ['c']],
    ['a line of another run', '/feed', { 'last-event-id': '99' }, ['a', 'b', 'c']],
  ])('goes on after what was seen last, by %s', async (_how, path, headers, subjects) => {
    const { api, log } = setUp();
    for (const subject of ['a', 'b', 'c']) log.add(line(subject));
    const events = reading(await api.request(path, { headers }));
    await events.next();
    expect((await events.some(subjects.length)).map(subjectOf)).toEqual(subjects);
    log.add(line('live'));
    expect((await events.some(1)).map(subjectOf)).toEqual(['live']);
    await events.cancel();
  });

  test('loses and doubles nothing when the client connects again', async () => {
    const { api, log } = setUp();
    const seen: string[] = [];
    let last = '0';
    for (let round = 0; round < 5; round += 1) {
      const events = reading(await api.request('/feed', { headers: { 'last-event-id': last } }));
      await events.next();
      for (let i = 0; i < 4; i += 1) log.add(line(`${round}.${i}`));
      for (const told of await events.some(3)) {
        seen.push(subjectOf(told) ?? '');
        last = told.id ?? '';
      }
      await events.cancel();
    }
    expect(seen).toHaveLength(15);
    expect(seen).toEqual(
      log
        .since(0)
        .slice(0, 15)
        .map(({ subject }) => subject),
    );
  });

  test('shows that it lives where nothing happens, and only there', async () => {
    const { api, log, world } = setUp();
    const events = reading(await api.request('/feed'));
    await events.next();
    world.beat();
    world.beat();
    expect(await events.block()).toBe(':');
    log.add(line('a'));
    world.beat();
    expect((await events.next())?.event).toBe('item');
    await events.cancel();
  });

  test('ends when the client goes, and nothing is done for it any more', async () => {
    const { api, log, world } = setUp();
    const events = reading(await api.request('/feed'));
    await events.next();
    expect([world.watched, world.beating]).toEqual([1, 1]);
    await events.cancel();
    await settle();
    expect([world.watched, world.beating]).toEqual([0, 0]);
    log.add(line('a'));
    world.beat();
    expect(await events.next()).toBeUndefined();
  });

  test('ends cleanly with the feed', async () => {
    const { api, feed, world } = setUp();
    const events = reading(await api.request('/feed'));
    await events.next();
    feed.close();
    expect(await events.next()).toBeUndefined();
    expect([world.watched, world.beating]).toEqual([0, 0]);
    const late = reading(await api.request('/feed'));
    expect(await late.next()).toBeUndefined();
  });

  test('cuts a client off that does not read, before it takes up memory; it goes on where it was', async () => {
    const { api, log, world } = setUp();
    const events = reading(await api.request('/feed'));
    for (let i = 1; i <= 2000; i += 1) log.add(line(String(i)));
    await settle();
    expect(world.watched).toBe(1);
    for (let i = 2001; i <= 2100; i += 1) log.add(line(String(i)));
    await settle();
    expect([world.watched, world.beating]).toEqual([0, 0]);
    const before: Told[] = [];
    for (let told = await events.next(); told !== undefined; told = await events.next()) before.push(told);
    expect(before.length).toBeLessThan(10);
    const again = reading(await api.request('/feed', { headers: { 'last-event-id': '1500' } }));
    await again.next();
    expect((await again.some(600)).map(({ id }) => id)).toEqual(
      Array.from({ length: 600 }, (_, i) => String(1501 + i)),
    );
    await again.cancel();
  });

  test('does not watch for a HEAD request, which nobody reads', async () => {
    const { api, world } = setUp();
    const response = await api.request('/feed', { method: 'HEAD' });
    await settle();
    expect([response.status, world.watched, world.beating]).toEqual([200, 0, 0]);
  });

  test.each([
    '/feed?after=-1',
    '/feed?after=x',
    '/feed?after=1234567890123456',
    '/feed?from=1',
    '/feed/x',
    '/feed/1?x=1',
  ])('refuses %s', async (path) => {
    const { api, world } = setUp();
    const response = await api.request(path);
    const { error } = (await response.json()) as { error: Problem };
    expect([response.status, error.code, world.watched]).toEqual([400, 'InvalidRequest', 0]);
  });
});

describe('GET /feed/:id', () => {
  test('is all that is known of a line', async () => {
    const { api, log } = setUp();
    log.add(line('a'));
    const response = await api.request('/feed/1');
    expect([response.status, await response.json()]).toEqual([
      200,
      { item: { id: 1, ...line('a').item }, ...line('a').told },
    ]);
  });

  test('is not found where the line is no longer kept', async () => {
    const { api } = setUp();
    const response = await api.request('/feed/7');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        code: 'LineNotKept',
        message: 'line 7 of the feed is not kept, or no longer',
        remedy: expect.stringContaining('newest 1,000 lines'),
      },
    });
  });
});

describe('The stream for one client', () => {
  test('holds no more than it may', () => {
    const log = new FeedLog({ of: 'all', everySeconds: null });
    for (let i = 0; i < 5; i += 1) log.add(line(String(i)));
    let cut = 0;
    const stream = new FeedStream(new WatchedFeed(log), 0, () => (cut += 1), 3);
    expect(stream.waiting).toBe(6);
    for (let i = 0; i < 3; i += 1) log.add(line(String(i)));
    expect([stream.waiting, cut]).toEqual([9, 0]);
    log.add(line('one too many'));
    log.add(line('and another'));
    expect([stream.waiting, cut]).toEqual([0, 1]);
  });
});
