import fc from 'fast-check';
import { type FeedLine, feedItem } from '../../../../console/server/feed/feed-line.ts';
import { FeedLog } from '../../../../console/server/feed/feed-log.ts';
import { MOST_BYTES, rawJson, rawText } from '../../../../console/server/feed/raw-text.ts';
import { WatchedFeed } from '../../../../console/server/feed/watched-feed.ts';
import { hear } from './heard.ts';

const AT = '2026-11-20T12:00:00.000Z';
const OF = { of: 'all', everySeconds: null } as const;

const line = (subject: string, ...texts: string[]): FeedLine => ({
  item: feedItem({ at: AT, what: 'accepted', subject, addresses: ['pat@target.example'] }),
  told: {
    sentence: `${subject} was accepted.`,
    because: null,
    source: null,
    raw: texts.map((text) => rawText('Text', 'text', text)),
    lacks: null,
  },
});

describe('The log of the feed', () => {
  test('numbers lines from 1, keeps their details, and tells whoever listens', async () => {
    const log = new FeedLog(OF);
    log.add(line('a', 'whole'));
    const heard = hear(log);
    log.add(line('b'));
    expect(heard.items.map(({ id, subject }) => [id, subject])).toEqual([[2, 'b']]);
    expect(log.since(0).map(({ id }) => id)).toEqual([1, 2]);
    expect(log.since(1).map(({ id }) => id)).toEqual([2]);
    expect(log.state).toEqual({ of: 'all', everySeconds: null, newest: 2, problem: null });
    expect(await log.detail(1)).toEqual({ item: log.since(0)[0], ...line('a', 'whole').told });
    expect(await log.detail(3)).toBeUndefined();
    heard.stop();
    log.add(line('c'));
    expect(heard.items).toHaveLength(1);
  });

  test('begins anew for whoever names a line of another run', () => {
    const log = new FeedLog(OF);
    log.add(line('a'));
    expect(log.since(500).map(({ id }) => id)).toEqual([1]);
  });

  test('keeps no more lines and bytes than it may, and always the newest', async () => {
    const sizes = fc.array(fc.array(fc.nat({ max: 40 }), { maxLength: 3 }), { maxLength: 40 });
    const limits = fc.record({ lines: fc.integer({ min: 1, max: 12 }), bytes: fc.integer({ min: 40, max: 200 }) });
    await fc.assert(
      fc.asyncProperty(sizes, limits, async (lines, most) => {
        const log = new FeedLog(OF, most);
        for (const [i, texts] of lines.entries()) log.add(line(String(i), ...texts.map((size) => 'x'.repeat(size))));
        const kept = log.since(0);
        expect(kept).toHaveLength(Math.min(lines.length, most.lines));
        expect(kept.map(({ id }) => id)).toEqual(kept.map((_, i) => lines.length - kept.length + i + 1));
        const details = await Promise.all(kept.map(({ id }) => log.detail(id)));
        const bytes = details.map((detail) => (detail?.raw ?? []).reduce((sum, { text }) => sum + text.length, 0));
        expect(log.bytes).toBe(bytes.reduce((sum, of) => sum + of, 0));
        expect(log.bytes <= most.bytes || bytes.slice(0, -1).every((of) => of === 0)).toBe(true);
        expect(details.at(-1)?.raw.length).toBe(lines.at(-1)?.length);
        for (const [i, detail] of details.entries())
          if (detail?.raw.length === 0 && (lines[lines.length - kept.length + i]?.length ?? 0) > 0)
            expect(detail.lacks).toContain('no longer kept');
      }),
      { numRuns: 60 },
    );
  });

  test('keeps a thousand lines if nobody says otherwise', async () => {
    const log = new FeedLog(OF);
    for (let i = 0; i < 1001; i += 1) log.add(line(String(i)));
    expect([log.since(0).length, log.since(0)[0]?.id]).toEqual([1000, 2]);
    expect(await log.detail(1)).toBeUndefined();
  });

  test('tells a problem when it comes, changes and goes, and not again and again', () => {
    const log = new FeedLog(OF);
    const heard = hear(log);
    const problem = { code: 'AccessDenied', message: 'no', remedy: 'Ask.' };
    log.setProblem(null);
    log.setProblem(problem);
    log.setProblem({ ...problem });
    log.setProblem({ ...problem, message: 'still no' });
    log.setProblem(null);
    expect(heard.states.map((state) => state.problem?.message)).toEqual(['no', 'still no', undefined]);
  });

  test('goes on telling others when a listener ends itself', () => {
    const log = new FeedLog(OF);
    const stop = log.listen({ item: () => stop(), pulse: () => undefined, state: () => undefined });
    const heard = hear(log);
    log.add(line('a'));
    log.add(line('b'));
    expect(heard.items).toHaveLength(2);
  });
});

describe('A feed that is watched', () => {
  test('has work done only while somebody listens', () => {
    const log = new FeedLog(OF);
    const feed = new WatchedFeed(log);
    const told: string[] = [];
    const work = (name: string) => () => {
      told.push(`${name} begins`);
      return () => told.push(`${name} ends`);
    };
    feed.whileWatched(work('a'));
    const [one, two] = [hear(feed), hear(feed)];
    feed.whileWatched(work('b'));
    one.stop();
    one.stop();
    expect(told).toEqual(['a begins', 'b begins']);
    two.stop();
    expect(told.splice(0)).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
    hear(feed);
    feed.close();
    expect(told).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
  });

  test('tells everybody its end, and nothing after it', () => {
    const log = new FeedLog(OF);
    const feed = new WatchedFeed(log);
    const heard = hear(feed);
    feed.close();
    feed.close();
    log.add(line('late'));
    log.setProblem({ code: 'Late', message: 'late', remedy: '' });
    let begun = 0;
    feed.whileWatched(() => {
      begun += 1;
      return () => undefined;
    });
    expect([heard.ended, heard.items, heard.states, begun]).toEqual([1, [], [], 0]);
    expect(hear(feed).ended).toBe(1);
  });

  test('another console may show the same log', () => {
    const log = new FeedLog(OF);
    const first = new WatchedFeed(log);
    first.close();
    log.add(line('a'));
    const second = new WatchedFeed(log);
    const heard = hear(second);
    log.add(line('b'));
    expect([second.since(0).length, heard.items.length, second.state.newest]).toEqual([2, 1, 2]);
  });
});

describe('A raw text', () => {
  test('is cut at 256 kB and says by how much', () => {
    const whole = rawText('T', 'mime', 'a'.repeat(MOST_BYTES));
    expect([whole.text.length, whole.cut]).toEqual([MOST_BYTES, 0]);
    const long = rawText('T', 'mime', Buffer.from('a'.repeat(MOST_BYTES + 3)));
    expect([long.text.length, long.cut]).toEqual([MOST_BYTES, 3]);
  });

  test('ends with a whole character', () => {
    const { text, cut } = rawText('T', 'text', `a${'ü'.repeat(MOST_BYTES)}`);
    expect(text).toBe(`a${'ü'.repeat(MOST_BYTES / 2 - 1)}`);
    expect(cut).toBe(MOST_BYTES + 1);
  });

  test('is laid out where it is JSON, and left alone where it is none', () => {
    expect(rawJson('M', '{"a":[1]}')).toEqual({ title: 'M', kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}', cut: 0 });
    expect(rawJson('M', '{"a":')).toEqual({ title: 'M', kind: 'text', text: '{"a":', cut: 0 });
    expect(rawJson('M', undefined).text).toBe('null');
    const nested = '['.repeat(100) + ']'.repeat(100);
    expect(rawJson('M', nested).kind).toBe('json');
    expect(rawJson('M', `[${nested}]`)).toEqual({ title: 'M', kind: 'text', text: `[${nested}]`, cut: 0 });
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(rawJson('M', deep)).toEqual({ title: 'M', kind: 'text', text: deep, cut: 0 });
    expect(rawJson('M', JSON.parse(deep)).text).toBe('(nested too deep to be shown)');
  });
});

describe('A line', () => {
  test('names 50 addresses at the most, counts all, and is bounded whoever wrote it', () => {
    const addresses = Array.from({ length: 60 }, (_, i) => `${'a'.repeat(i * 10)}\r\n@x.example`);
    const item = feedItem({
      at: AT,
      what: 'failed',
      addresses,
      subject: 's'.repeat(999),
      finding: ' f\u0000'.repeat(999),
    });
    expect([item.addresses.length, item.recipients]).toEqual([50, 60]);
    for (const text of [...item.addresses, item.subject ?? '', item.finding]) {
      expect(text.length).toBeLessThanOrEqual(320);
      expect(text).not.toMatch(/\p{Cc}/u);
    }
  });
});
