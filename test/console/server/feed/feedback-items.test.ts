import fc from 'fast-check';
import { feedbackItems } from '../../../../console/server/feed/feedback-items.ts';
import { DEFAULT_POLICY } from '../../../../core/contract/index.ts';
import { classify, isVerdict } from '../../../../core/decisions/classify.ts';
import { ruleOf } from '../../../../core/decisions/decide.ts';
import { openEnvelope } from '../../../../core/feedback/open-envelope.ts';
import { toIso } from '../../../../core/instant.ts';
import { corpus } from '../../../conformance/corpus.ts';
import {
  bounce,
  bounced,
  complaint,
  delay,
  delivery,
  FEEDBACK_ID,
  MESSAGE_ID,
  PAT,
  preferences,
  SAM,
  STRANGER,
  subscription,
} from '../../../core/messages.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 10);

const linesOf = (message: unknown, now = AT) =>
  feedbackItems(
    { message: typeof message === 'string' ? message : JSON.stringify(message), at: AT },
    DEFAULT_POLICY,
    now,
  );

/** What a line must say; a finding begins with this. */
interface Expected {
  readonly finding?: string;
  readonly [field: string]: unknown;
}

const only = (message: unknown, now = AT) => {
  const lines = linesOf(message, now);
  expect(lines).toHaveLength(1);
  return lines[0] as (typeof lines)[number];
};

const reject = {
  eventType: 'Reject',
  mail: { messageId: MESSAGE_ID, destination: [PAT] },
  reject: { reason: 'Bad content' },
};

describe('What SES said, as lines of the feed', () => {
  test('a bounce: whom, the rule, what it does, and the message', () => {
    const { item, told } = only(bounce({ tags: { stream: ['receipts'] } }));
    expect(item).toEqual({
      at: toIso(AT),
      what: 'feedback',
      type: 'Bounce',
      addresses: [PAT],
      recipients: 1,
      stream: 'receipts',
      subject: 'Your statement',
      messageId: MESSAGE_ID,
      rule: 'hard-bounce',
      effect: 'suppress',
      reason: 'hard-bounce',
      scope: '*',
      until: null,
      finding: 'Permanent/General, smtp; 550 5.1.1 user unknown',
    });
    const { because, source } = ruleOf('hard-bounce') ?? {};
    expect(told).toMatchObject({ because, source, lacks: null });
    expect(told.sentence).toBe(
      'pat@target.example is suppressed everywhere, without end: the server said smtp; 550 5.1.1 user unknown.',
    );
    expect(told.raw.map(({ title, kind, cut }) => ({ title, kind, cut }))).toEqual([
      { title: 'Message from SES', kind: 'json', cut: 0 },
    ]);
    expect(told.raw[0]?.text).toContain(`\n    "feedbackId": "${FEEDBACK_ID}"`);
  });

  test('why the rule decides so is not said twice', () => {
    const { told } = only(delivery());
    expect([told.because, told.source]).toEqual([null, ruleOf('delivered')?.source]);
    expect(told.sentence).toContain(ruleOf('delivered')?.because);
  });

  test.each([
    [
      'a hold, and until when',
      bounce({ subtype: 'Suppressed', recipients: [bounced(PAT, { status: '5.1.1', diagnosticCode: 'on the list' })] }),
      'pat@target.example is suppressed everywhere, until 2026-01-16 03:04 UTC: the server said 5.1.1, on the list.',
    ],
    [
      'a strike',
      bounce({ type: 'Transient', recipients: [bounced(PAT, { status: '4.2.2', diagnosticCode: undefined })] }),
      'pat@target.example has a strike everywhere: the server said 4.2.2. One counts per day, and several lead to a hold.',
    ],
    [
      'a lift',
      complaint({ feedbackType: 'not-spam' }),
      'What a complaint caused for pat@target.example everywhere is lifted: the recipient says the mail is no spam.',
    ],
    [
      'a reset',
      delivery(),
      "Older strikes of pat@target.example no longer count: the recipient's server took the mail.",
    ],
    [
      'nothing',
      delay(),
      'Nothing changes for pat@target.example: this says nothing about whether the address may be mailed.',
    ],
    [
      'an unsubscribe from a topic',
      subscription(preferences({ news: 'OptIn' }), preferences({ news: 'OptOut' })),
      'pat@target.example is suppressed in the stream news, without end: the recipient opted out of this kind of mail.',
    ],
    ['no recipient', reject, 'Nothing changes: this says nothing about whether the address may be mailed.'],
  ])('says %s in one sentence', (_what, message, sentence) => {
    expect(only(message).told.sentence).toBe(sentence);
  });

  test('says of a hold that it has ended, seen from later', () => {
    const { told } = only(bounce({ subtype: 'Suppressed' }), AT + 30 * 24 * 3600_000);
    expect(told.sentence).toContain('everywhere, ended 2026-01-16 03:04 UTC');
  });

  test.each([
    ['a delivery', delivery(), '250 2.6.0 Message received'],
    ['a delay', delay(), 'MailboxFull'],
    ['a complaint', complaint(), 'abuse'],
    [
      'a change of preferences',
      subscription(preferences({ news: 'OptOut' }), preferences({ news: 'OptIn' })),
      'OptIn news',
    ],
    ['a reject', reject, 'Bad content'],
    ['a rendering failure', { eventType: 'Rendering Failure', failure: { errorMessage: 'no name' } }, 'no name'],
    ['a click', { eventType: 'Click', click: { link: 'https://ledger.example/' } }, 'https://ledger.example/'],
    ['an open', { eventType: 'Open', open: 7 }, ''],
  ])('finds in %s what there is to find', (_what, message, finding) => {
    expect(only(message).item.finding).toBe(finding);
  });

  test('names whom the mail was for where SES is about nobody', () => {
    expect(only(reject).item).toMatchObject({ type: 'Reject', addresses: [PAT], recipients: 1, messageId: MESSAGE_ID });
  });

  test('a stranger that is reported blocks nobody, and is named nowhere', () => {
    const { item, told } = only(bounce({ mail: { destination: [PAT, SAM] }, recipients: [bounced(STRANGER)] }));
    expect(item).toMatchObject({ addresses: [], recipients: 0, rule: 'foreign-recipient', effect: 'none' });
    expect(told.sentence).toBe('Nothing changes: the mail did not go to the address that was reported.');
  });

  test('one unusable address beside good ones', () => {
    const lines = linesOf(
      bounce({ mail: { destination: undefined }, recipients: [bounced('no address'), bounced(SAM)] }),
    );
    expect(lines.map(({ item }) => [item.addresses, item.rule])).toEqual([
      [[], null],
      [[SAM], 'hard-bounce'],
    ]);
    expect(lines[0]?.item.finding).toMatch(/^Address/);
  });

  test('what nobody can read, with the code and words of its problem', () => {
    const { item, told } = only('{"eventType":"Bounce"');
    expect(item).toMatchObject({ type: null, rule: null, effect: null, addresses: [] });
    expect(item.finding).toMatch(/^NotJson: expected JSON/);
    expect(told.sentence).toMatch(/^Nobody can read this message, so it is set aside: expected JSON/);
    expect(told.raw[0]).toMatchObject({ kind: 'text', text: '{"eventType":"Bounce"' });
  });

  test('a set-up message and a type that nobody documents', () => {
    expect(only('Successfully validated SNS topic for Amazon SES event publishing.').item).toMatchObject({
      type: 'SetUp',
      effect: 'none',
    });
    expect(only({ eventType: 'Levitation' }).item).toMatchObject({ type: 'Levitation', rule: 'other', effect: 'none' });
  });

  test('an envelope with nothing in it is a line all the same', () => {
    expect(only({ Records: [] }).item.finding).toBe('The message is an envelope with nothing in it.');
  });

  test('more decisions than a mail can have recipients do not push everything else out', () => {
    const recipients = Array.from({ length: 300 }, (_, i) => bounced(`r${i}@target.example`));
    const lines = linesOf(bounce({ mail: { destination: undefined }, recipients }));
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)?.item.finding).toBe('The message has 200 more decisions than are shown.');
  });

  test('decides as the feedback function does, over the whole corpus', () => {
    const messages = corpus.then(({ cases }) => cases.flatMap((each) => (each.kind === 'messages' ? [each] : [])));
    return messages.then((cases) => {
      expect(cases.length).toBeGreaterThan(100);
      for (const { input } of cases) {
        const message = typeof input === 'string' ? input : JSON.stringify(input);
        const expected = openEnvelope(message, AT).flatMap((opened): Expected[] => {
          const read = classify(opened, DEFAULT_POLICY);
          if (read.kind === 'malformed') return [{ finding: `${read.problem.code}: `, rule: null }];
          return read.lines.map((line) => {
            if (!isVerdict(line)) return { type: line.type, finding: `${line.problem.code}: `, rule: null };
            const { rule, effect, reason, scope, until } = line.decision;
            const address = line.address === null ? {} : { addresses: [line.address] };
            return {
              type: line.type,
              rule,
              effect,
              reason,
              scope,
              until: until === null ? null : toIso(until),
              ...address,
            };
          });
        });
        const items = linesOf(message).map(({ item }) => item);
        expect(items).toHaveLength(Math.max(1, expected.length));
        for (const [i, { finding, ...rest }] of expected.entries() as IterableIterator<
          [number, { finding?: string }]
        >) {
          expect(items[i]).toMatchObject(rest);
          if (finding !== undefined) expect(items[i]?.finding.startsWith(finding)).toBe(true);
        }
      }
    });
  });
});

describe('Whatever is published', () => {
  const WHOLE = [
    bounce(),
    complaint(),
    delivery(),
    delay(),
    reject,
    subscription(preferences({ a: 'OptIn' }), preferences({ a: 'OptOut' })),
  ];

  const check = (message: string): void => {
    const lines = linesOf(message);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(101);
    for (const { item, told } of lines) {
      for (const text of [item.finding, item.subject ?? '', ...item.addresses]) {
        expect(text.length).toBeLessThanOrEqual(320);
        expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }
      expect(told.sentence).not.toBe('');
      expect(told.raw).toHaveLength(1);
      expect(JSON.parse(JSON.stringify(item))).toEqual(item);
    }
  };

  test('is a line, and never a fault', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 80 }), fc.json({ maxDepth: 2 })), check),
      {
        numRuns: 200,
      },
    );
  });

  test('is a line with anything in the place of any field, and never a fault', () => {
    const put = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(null, '', [], {}, 0, ['x@y.example'], 'a\r\n\u202e\u2028\u0085b'),
    );
    const places = (value: unknown, path: string[] = []): string[][] =>
      typeof value !== 'object' || value === null
        ? [path]
        : [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
    fc.assert(
      fc.property(fc.constantFrom(...WHOLE), fc.nat(), put, (template, place, value) => {
        const copy = structuredClone(template) as Record<string, unknown>;
        const inner = places(copy).filter((path) => path.length > 0);
        const path = inner[place % inner.length] ?? [];
        let at = copy;
        for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
        at[path.at(-1) ?? ''] = value;
        check(JSON.stringify(copy));
      }),
      { numRuns: 300 },
    );
  });

  test('may be as deep as it likes', () => {
    check('['.repeat(30_000));
    check(`{"eventType":"Bounce","mail":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
  });
});
