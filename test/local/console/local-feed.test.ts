import { PublishCommand } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { snsClient } from '../../../adapters/sns-notices.ts';
import { DEFAULT_STACK } from '../../../cli/deployment/target.ts';
import { realDependencies } from '../../../cli/real-dependencies.ts';
import type { FeedItem, Pulse } from '../../../console/api.ts';
import type { Feed } from '../../../console/server/feed/feed.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../local/cloud.ts';
import { localFeed } from '../../../local/console/local-feed.ts';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import type { Outcome } from '../../../local/functions/outcome.ts';
import { mailTo } from '../../../local/loop/send-mail.ts';
import { memoryDependencies, NOW } from '../../cli/harness.ts';
import { bounce, bounced } from '../../core/messages.ts';

jest.setTimeout(30_000);

const PAT = 'pat@target.example';
const BOUNCE = 'bounce@simulator.amazonses.com';

/** A feed that is told by hand, and what was to be told besides. */
const byHand = (options: LocalCloudOptions = {}) => {
  const live = localFeed({ now: () => NOW });
  const feed = live.feed(memoryDependencies({}), { stack: DEFAULT_STACK });
  return { feed, hooks: live.hearing(options) };
};

const invoked = (payload: unknown, outcome: Outcome) => {
  const { feed, hooks } = byHand();
  hooks.onInvoked?.('send', typeof payload === 'string' ? payload : JSON.stringify(payload), outcome);
  return feed;
};
const answered = (answer: unknown): Outcome => ({ ok: true, payload: JSON.stringify(answer) });
const failed = (errorType: string, error: unknown): Outcome => ({
  ok: false,
  error: { errorType, errorMessage: typeof error === 'string' ? error : JSON.stringify(error) },
});

const ANSWER = {
  status: 'partly-sent',
  messageId: 'm-1',
  messageIdHeader: '<m-1@email.amazonses.com>',
  sent: [PAT],
  suppressed: [],
  refused: [],
  duplicate: false,
};
const block = (address: string, over: object = {}) => ({
  address,
  given: address,
  reason: 'hard-bounce',
  scope: '*',
  since: '2026-11-01T00:00:00.000Z',
  until: null,
  ...over,
});

describe('What a send tells', () => {
  test('who was left out and why', async () => {
    const request = { ...mailTo([PAT, 'sam@target.example']), stream: 'receipts' };
    const feed = invoked(request, answered({ ...ANSWER, suppressed: [block('sam@target.example')] }));
    expect(feed.since(0)).toEqual([
      {
        id: 1,
        at: new Date(NOW).toISOString(),
        what: 'withheld',
        type: null,
        addresses: ['sam@target.example'],
        recipients: 1,
        stream: 'receipts',
        subject: 'Your receipt',
        messageId: 'm-1',
        rule: null,
        effect: null,
        reason: 'hard-bounce',
        scope: '*',
        until: null,
        finding: 'sam@target.example is suppressed everywhere: hard-bounce, without end',
      },
    ]);
    const detail = await feed.detail(1);
    expect(detail?.sentence).toBe(
      '1 of 2 recipients left out, SES has the mail for 1 recipient. sam@target.example is suppressed everywhere: hard-bounce, without end.',
    );
    expect(detail?.raw.map(({ title }) => title)).toEqual(['Request', 'Answer of the send function']);
    expect(JSON.parse(detail?.raw[0]?.text ?? '')).toEqual(request);
  });

  test('a reason of several only where they share it', () => {
    const until = '2026-12-01T10:00:00.000Z';
    const suppressed = [block('a@x.example', { until, reason: 'global-list' }), block('b@x.example', { until })];
    const [item] = invoked(mailTo([PAT]), answered({ ...ANSWER, suppressed })).since(0);
    expect(item).toMatchObject({ reason: null, scope: '*', until, recipients: 2 });
    expect(item?.finding).toBe(
      'a@x.example is suppressed everywhere: global-list, until 2026-12-01 10:00 UTC; b@x.example is suppressed everywhere: hard-bounce, until 2026-12-01 10:00 UTC',
    );
  });

  test('recipients whose address is none', () => {
    const refused = [
      { given: 'no address', code: 'AddressMalformed', message: 'expected one mailbox, got "no address"' },
    ];
    const [item] = invoked(mailTo(['no address']), answered({ ...ANSWER, sent: [], refused })).since(0);
    expect(item).toMatchObject({ what: 'withheld', addresses: ['no address'], reason: null });
    expect(item?.finding).toBe('AddressMalformed: expected one mailbox, got "no address"');
  });

  test('nothing of a mail that everybody gets, nor again of one that was sent before', () => {
    expect(invoked(mailTo([PAT]), answered(ANSWER)).since(0)).toEqual([]);
    const again = { ...ANSWER, suppressed: [block(PAT)], duplicate: true };
    expect(invoked(mailTo([PAT]), answered(again)).since(0)).toEqual([]);
  });

  test('what failed, with code, message and remedy', async () => {
    const error = {
      code: 'SenderNotVerified',
      message: 'ledger.example is not verified',
      retryable: false,
      remedy: 'Verify it.',
    };
    const attachments = [{ filename: 'a.pdf', content: 'QUJD'.repeat(1000) }];
    const feed = invoked(
      { ...mailTo([PAT]), cc: ['sam@target.example'], attachments },
      failed('SenderNotVerified', error),
    );
    expect(feed.since(0)).toMatchObject([
      {
        what: 'failed',
        addresses: [PAT, 'sam@target.example'],
        subject: 'Your receipt',
        stream: 'receipts',
        reason: 'SenderNotVerified',
        finding: 'SenderNotVerified: ledger.example is not verified',
      },
    ]);
    const { sentence, raw } = (await feed.detail(1)) ?? {};
    expect(sentence).toBe('The send failed with SenderNotVerified: ledger.example is not verified. Verify it.');
    expect(JSON.parse(raw?.[0]?.text ?? '').attachments[0].content).toBe(`${'QUJD'.repeat(15)}… (4000 characters)`);
    expect(JSON.parse(raw?.[1]?.text ?? '').errorMessage).toEqual(error);
  });

  test('a function that Lambda ended', () => {
    const [item] = invoked('{"raw":"UUFB"}', failed('Sandbox.Timedout', 'Task timed out after 120.00 seconds')).since(
      0,
    );
    expect(item).toMatchObject({
      what: 'failed',
      addresses: [],
      finding: 'Sandbox.Timedout: Task timed out after 120.00 seconds',
    });
  });

  test('each request of an array', () => {
    const requests = [mailTo([PAT]), mailTo(['a@x.example']), mailTo(['b@x.example'])];
    const error = { code: 'TooLarge', message: 'too large', retryable: false, remedy: 'Send less.' };
    const answers = [ANSWER, { ...ANSWER, sent: [], suppressed: [block('a@x.example')] }, { error }];
    const items = invoked(requests, answered(answers)).since(0);
    expect(items.map(({ what, addresses, finding }) => [what, addresses[0], finding.slice(0, 8)])).toEqual([
      ['withheld', 'a@x.example', 'a@x.exam'],
      ['failed', 'b@x.example', 'TooLarge'],
    ]);
  });

  test('is heard of the send function alone', () => {
    const { feed, hooks } = byHand();
    hooks.onInvoked?.('feedback', '{}', failed('X', 'x'));
    expect(feed.since(0)).toEqual([]);
  });

  test('never throws, whatever is asked and answered', () => {
    const text = fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 40 }), fc.json({ maxDepth: 3 }));
    const part = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant([block(PAT)]), fc.constantFrom(PAT, true, null));
    const request = fc.record(
      { to: part, subject: part, stream: part, attachments: part, raw: part },
      { requiredKeys: [] },
    );
    const answer = fc.record({
      messageId: part,
      sent: part,
      suppressed: part,
      refused: part,
      duplicate: part,
      error: part,
    });
    const json = (of: fc.Arbitrary<unknown>) =>
      fc.oneof(
        text,
        of.map((value) => JSON.stringify(value)),
      );
    const payload = json(fc.oneof(request, fc.array(request, { maxLength: 3 })));
    const payloadBack = json(fc.oneof(answer, fc.array(answer, { maxLength: 3 })));
    const { feed, hooks } = byHand();
    fc.assert(
      fc.property(payload, payloadBack, fc.boolean(), (asked, back, ok) => {
        const before = feed.state.newest;
        const outcome: Outcome = ok ? { ok, payload: back } : failed('X', back);
        hooks.onInvoked?.('send', asked, outcome);
        for (const { finding, addresses } of feed.since(before))
          for (const said of [finding, ...addresses]) expect(said).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe('What else the feed of a local cloud hears', () => {
  test('whoever was to be told is told, too', () => {
    const told: string[] = [];
    const { hooks } = byHand({
      onPublished: ({ message }) => told.push(message),
      onLog: (name) => told.push(name),
      port: 4000,
    });
    hooks.onPublished?.({ at: new Date(NOW), message: 'x', subject: null });
    hooks.onLog?.('queue', 'a line');
    expect([told, hooks.port]).toEqual([['x', 'queue'], 4000]);
  });

  test('what is set aside, and notices', async () => {
    const { feed, hooks } = byHand();
    const letter = { at: new Date(NOW), messageId: 'q-1', subject: null };
    hooks.onParked?.({ ...letter, kind: 'feedback', code: 'NotJson', message: 'expected JSON', body: '{"a":' });
    const body = JSON.stringify({ ...mailTo([PAT]), raw: 'A'.repeat(100) });
    hooks.onParked?.({ ...letter, kind: 'send', code: null, message: null, subject: 'Your receipt', body });
    hooks.onParked?.({ ...letter, kind: 'send', code: 'InvalidRequest', message: 'no JSON', body: 'no JSON' });
    hooks.onNotice?.({
      at: new Date(NOW),
      messageId: 'n-1',
      subject: 'Sending is paused',
      message: 'Because\nof bounces',
    });
    expect(feed.since(0)).toMatchObject([
      { what: 'set-aside', messageId: 'q-1', reason: 'NotJson', finding: 'feedback message, NotJson: expected JSON' },
      { what: 'set-aside', addresses: [PAT], stream: 'receipts', finding: 'queued request, it failed too many times' },
      { what: 'set-aside', addresses: [], finding: 'queued request, InvalidRequest: no JSON' },
      { what: 'notice', subject: 'Sending is paused', finding: 'Because of bounces' },
    ]);
    const raws = await Promise.all([1, 2, 3, 4].map(async (id) => (await feed.detail(id))?.raw[0]));
    expect(raws[0]).toMatchObject({ title: 'Message as it came', kind: 'text', text: '{"a":' });
    expect(raws[1]?.text).toContain('… (100 characters)');
    expect(raws[2]).toMatchObject({ title: 'Request', kind: 'text', text: 'no JSON' });
    expect(raws[3]).toMatchObject({ kind: 'text', text: 'Because\nof bounces' });
  });

  test('decides by the policy of the cloud', () => {
    const { feed, hooks } = byHand({ policy: { globalListHoldDays: 1 } });
    const message = JSON.stringify(bounce({ subtype: 'Suppressed', detail: { timestamp: '2026-11-20T11:00:00Z' } }));
    hooks.onPublished?.({ at: new Date(NOW), message, subject: null });
    expect(feed.since(0)[0]).toMatchObject({ effect: 'hold', until: '2026-11-21T11:00:00.000Z' });
  });

  test('is kept for the next console when one is closed', () => {
    const live = localFeed({ now: () => NOW });
    const hooks = live.hearing({});
    live.feed(memoryDependencies({}), { stack: DEFAULT_STACK }).close();
    hooks.onNotice?.({ at: new Date(NOW), messageId: 'n', subject: 's', message: 'm' });
    expect(live.feed(memoryDependencies({}), { stack: DEFAULT_STACK }).since(0)).toHaveLength(1);
  });
});

describe('The feed of a local cloud that runs', () => {
  let cloud: LocalCloud;
  let feed: Feed;
  const mails: string[] = [];

  beforeAll(async () => {
    const live = localFeed();
    cloud = await startLocalCloud(
      live.hearing({ delays: [1, 10], maxReceiveCount: 1, onMail: ({ messageId }) => mails.push(messageId) }),
    );
    feed = live.feed(realDependencies(), { stack: DEFAULT_STACK, endpoint: cloud.addresses.lambda });
  });
  afterAll(async () => {
    feed.close();
    await cloud.stop();
  });

  /** Does something, and gives the lines that it made, once there are so many and all is settled. */
  const linesOf = async (count: number, act: () => unknown): Promise<readonly FeedItem[]> => {
    const before = feed.state.newest;
    await act();
    const deadline = Date.now() + 15_000;
    while ((feed.state.newest < before + count || !cloud.isSettled()) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return feed.since(before);
  };
  const invoke = (request: unknown, type = 'RequestResponse') =>
    fetch(`${cloud.addresses.lambda}/2015-03-31/functions/send/invocations`, {
      method: 'POST',
      headers: { 'x-amz-invocation-type': type },
      body: JSON.stringify(request),
    }).then((response) => response.text());

  test('a mail that bounces, and the next one that is withheld', async () => {
    const lines = await linesOf(2, () => invoke(mailTo([BOUNCE])));
    expect(lines.map(({ what, type }) => [what, type])).toEqual([
      ['accepted', null],
      ['feedback', 'Bounce'],
    ]);
    expect(lines[0]).toMatchObject({ addresses: [BOUNCE], stream: 'receipts', subject: 'Your receipt' });
    expect(lines[1]).toMatchObject({
      addresses: [BOUNCE],
      rule: 'hard-bounce',
      effect: 'suppress',
      stream: 'receipts',
    });
    expect(new Set(lines.map(({ messageId }) => messageId))).toEqual(new Set(mails));
    const whole = await feed.detail(lines[0]?.id ?? 0);
    expect(whole?.raw[0]).toMatchObject({ kind: 'mime', text: expect.stringContaining('Subject: Your receipt') });
    const [withheld, ...others] = await linesOf(1, () => cloud.invoke('send', mailTo([BOUNCE])));
    expect(withheld).toMatchObject({ what: 'withheld', addresses: [BOUNCE], reason: 'hard-bounce', scope: '*' });
    expect(others).toEqual([]);
  });

  test('asynchronous sends that fail or leave somebody out', async () => {
    const [failure] = await linesOf(1, () => invoke({ ...mailTo([PAT]), colour: 'red' }, 'Event'));
    expect(failure).toMatchObject({ what: 'failed', reason: 'InvalidRequest', addresses: [PAT] });
    const [withheld] = await linesOf(1, () => invoke(mailTo([BOUNCE]), 'Event'));
    expect(withheld).toMatchObject({ what: 'withheld', addresses: [BOUNCE] });
  });

  test('queued requests: how many were withheld, and which were set aside', async () => {
    const [withheld] = await linesOf(1, () => cloud.sendQueue.send(JSON.stringify(mailTo([BOUNCE]))));
    expect(withheld).toMatchObject({
      what: 'withheld',
      addresses: [],
      recipients: 1,
      finding: '1 recipient of queued requests withheld',
    });
    const [aside] = await linesOf(1, () => cloud.sendQueue.send('no request'));
    expect(aside).toMatchObject({ what: 'set-aside', reason: 'InvalidRequest' });
  });

  test('messages that somebody else publishes, of any kind', async () => {
    const lines = await linesOf(3, () => {
      cloud.topic.publish(JSON.stringify(bounce({ recipients: [bounced()] })));
      cloud.topic.publish('{"eventType":');
    });
    expect(lines.map(({ what, finding }) => [what, finding.slice(0, 17)]).sort()).toEqual([
      ['feedback', 'NotJson: expected'],
      ['feedback', 'Permanent/General'],
      ['set-aside', 'feedback message,'],
    ]);
  });

  test('notices on the alarm topic', async () => {
    const client = snsClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.sns });
    const [notice] = await linesOf(1, () =>
      client.send(new PublishCommand({ TopicArn: cloud.addresses.alarmTopic, Subject: 'Hi', Message: 'Look' })),
    );
    client.destroy();
    expect(notice).toMatchObject({ what: 'notice', subject: 'Hi', finding: 'Look' });
  });

  test('the counts, with what the mailbox simulator said', async () => {
    const pulse = await new Promise<Pulse>((resolve) => {
      const stop = feed.listen({
        item: () => undefined,
        state: () => undefined,
        ended: () => undefined,
        pulse: (told) => {
          stop();
          resolve(told);
        },
      });
    });
    expect(pulse).toMatchObject({ minutes: 5, complaints: 0, deliveries: 0 });
    expect([pulse.sent, pulse.suppressed, pulse.bounces].every((count) => (count ?? 0) > 0)).toBe(true);
  });
});
