import { HumanReport } from '../../../local/loop/human-report.ts';
import type { LoopEvent, MailEvent } from '../../../local/loop/loop-event.ts';
import { paintFor } from '../../../local/loop/paint.ts';

const told = (...events: LoopEvent[]) => {
  const lines: string[] = [];
  const human = new HumanReport((line) => lines.push(...line.split('\n')), paintFor({}, {}));
  for (const event of events) human.report(event);
  return lines;
};

const mail = (more: Partial<MailEvent>): MailEvent => ({
  event: 'mail',
  round: 1,
  to: ['success+1@simulator.amazonses.com'],
  subject: 'Your receipt',
  status: 'sent',
  messageId: 'x',
  sent: ['success+1@simulator.amazonses.com'],
  suppressed: [],
  ms: 12,
  ...more,
});
const dead = {
  address: 'bounce+1@simulator.amazonses.com',
  reason: 'hard-bounce',
  scope: '*',
  since: '2026-11-24T04:12:30.000Z',
  until: null,
};

describe('The report for people', () => {
  test('opens a section once and puts what belongs together in columns', () => {
    const lines = told(mail({}), mail({ ms: 7, to: ['bounce+1@simulator.amazonses.com'] }));
    expect(lines.filter((line) => line === '1  Send')).toHaveLength(1);
    expect(new Set(lines.filter((line) => line.endsWith('sent')).map((line) => line.indexOf('sent'))).size).toBe(1);
  });

  test('says why a mail was withheld and who of a mixed mail was left out', () => {
    const lines = told(
      mail({ round: 2, to: [dead.address], status: 'suppressed', sent: [], suppressed: [dead] }),
      mail({ round: 2, to: [dead.address, 'ok@target.example'], status: 'partly-sent', suppressed: [dead] }),
    );
    expect(lines[1]).toBe('4  Send again   SES is not asked to mail those withheld');
    expect(lines[2]).toMatch(/bounce\+1@.* withheld +hard-bounce, since \d\d:\d\d:30$/);
    expect(lines[3]).toMatch(/bounce\+1@.* partly-sent +hard-bounce/);
    expect(lines[4]).toMatch(/ok@target.example +sent/);
  });

  test('says for how long an address is blocked', () => {
    const entry = { event: 'entry', address: 'a@b.example', scope: '*', reason: 'hard-bounce' } as const;
    const since = '2026-11-24T04:00:00.000Z';
    const lines = told(
      { ...entry, status: 'suppressed', since, until: '2026-11-24T05:00:00.000Z' },
      { ...entry, status: 'suppressed', since, until: null },
      { ...entry, status: null, reason: null, since: null, until: null },
    );
    expect(lines.slice(-3).map((line) => line.trim().split(/ {2,}/).at(-1))).toEqual([
      'for 60 minutes',
      'for good',
      'free to mail',
    ]);
  });

  test('names the step at which the loop broke, and what to do', () => {
    const lines = told({
      event: 'loop',
      closed: false,
      seconds: 1,
      step: 'list',
      code: 'LOOP_OPEN',
      message: 'a@b.example should be suppressed',
      remedy: 'look again',
    });
    expect(lines.join('\n')).toMatch(/did not close.*"list"[\s\S]*LOOP_OPEN: a@b\.example[\s\S]*look again/);
  });

  test('shows the other ways to send under a title of their own', () => {
    const way = { event: 'way', step: 'repeat', what: 'the same key twice', finding: 'one mail', ms: 7 } as const;
    expect(told(way)).toEqual([
      '',
      '5  Other ways to send',
      expect.stringMatching(/^ {3}the same key twice +7 ms {3}one mail$/),
    ]);
  });

  test('says when something was set aside, what, and why', () => {
    const parked = { event: 'parked', at: '2026-11-24T04:12:30.000Z', seconds: 1, messageId: 'x' } as const;
    const lines = told(
      { ...parked, kind: 'send', code: 'InvalidRequest', message: 'from is missing', subject: 'Hi' },
      { ...parked, kind: 'feedback', code: null, message: null, subject: null },
    );
    expect(lines.map((line) => line.replace(/\d\d:\d\d:30/, 'TIME'))).toEqual([
      `   TIME  set aside  ${'a queued request'.padEnd(36)}  Hi`,
      `${' '.repeat(24)}InvalidRequest: from is missing`,
      '   TIME  set aside  a feedback message',
      `${' '.repeat(24)}after too many tries`,
    ]);
  });

  test('ends with the time it took', () => {
    expect(told({ event: 'loop', closed: true, seconds: 1.94 }).at(-1)).toBe('The loop closed in 1.9 s.');
  });

  test.each<[string, { isTTY?: boolean }, Record<string, string>, boolean]>([
    ['a terminal', { isTTY: true }, { TERM: 'xterm' }, true],
    ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, false],
    ['a pipe', {}, { TERM: 'xterm' }, false],
  ])('knows whether %s takes colours', (_what, stream, env, coloured) => {
    expect(paintFor(stream, env)('red', 'text') !== 'text').toBe(coloured);
  });
});
