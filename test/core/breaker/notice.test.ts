import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { noticeOf, percentWords } from '../../../core/breaker/notice.ts';
import { ACCOUNT, CAUSE, pauseOf, SET } from './samples.ts';

const OPTIONS = '--stack Suppressor --region eu-west-1';

test('says what was paused, why, what waits, what to look at and how to go on', () => {
  expect(noticeOf(pauseOf(), SET, OPTIONS)).toEqual({
    subject: 'Sending is paused: bounce rate 6.25 % (mine)',
    text: [
      'The circuit breaker has paused the configuration set mine (at 2026-11-20T12:00:00.000Z).',
      '',
      'Why: 100 of 1600 mails bounced for good since 2026-11-19 12:00 UTC, 6.25 %; the line is 5 %.',
      '',
      'Sends with this configuration set answer SendingPaused; mail sent with others goes on. What is in the send queue waits there, up to 13 days: nothing is lost.',
      '',
      'First:',
      '  npx ses-suppressor stats --stack Suppressor --region eu-west-1',
      '  npx ses-suppressor list --reason hard-bounce --stack Suppressor --region eu-west-1',
      'Which rule grows? What have the addresses in common: a domain, a stream, a day? Stop what mails them.',
      '',
      'When the cause is gone (nothing resumes by itself):',
      '  npx ses-suppressor resume --note "..." --stack Suppressor --region eu-west-1',
      '',
      'See docs/runbook.md#the-bounce-rate-rises and docs/circuit-breaker.md.',
      '',
    ].join('\n'),
  });
});

test("tells SES's own rate as that, and of complaints", () => {
  const cause = { ...CAUSE, kind: 'complaints', source: 'ses', rate: 0.0012, line: 0.001 } as const;
  const { subject, text } = noticeOf(pauseOf({ cause }), ACCOUNT, OPTIONS);
  expect(subject).toBe('Sending is paused: complaint rate 0.12 % (whole account)');
  expect(text).toContain(
    "Why: SES's own complaint rate is 0.12 % (100 complaints since 2026-11-19 12:00 UTC, about 1600 mails of a day)",
  );
  expect(text).toContain('No mail of this account leaves this Region');
  expect(text).toContain('resume --account --note');
});

test('tells of a pause that nobody here made, without a cause', () => {
  const { subject, text } = noticeOf({ at: CAUSE.since, by: 'elsewhere' }, SET, OPTIONS);
  expect(subject).toBe('Sending is paused: not by the circuit breaker (mine)');
  expect(text).toContain('somebody in the console, another program, or SES.');
  expect(text).toContain('npx ses-suppressor doctor');
});

test('tells every day of a pause that goes on', () => {
  const { subject, text } = noticeOf(pauseOf({ toldAt: CAUSE.since }), SET, OPTIONS);
  expect(subject).toBe('Sending is still paused: bounce rate 6.25 % (mine)');
  expect(text).toContain('Each request in the send queue waits 13 days and is lost then.');
  expect(text).not.toContain('nothing is lost');
});

test('tells of a pause by command, who made it and why', () => {
  const pause = { at: CAUSE.since, by: 'command' } as const;
  const { subject, text } = noticeOf({ ...pause, operator: 'sam', note: 'wrong list' }, ACCOUNT, OPTIONS);
  expect(subject).toBe('Sending is paused: by command (whole account)');
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Sending with the whole account was paused by command by sam (at 2026-11-19T12:00:00.000Z).',
    '',
    'Why: wrong list',
    '',
  ]);
  expect(noticeOf(pause, SET, OPTIONS).text.split('\n').slice(0, 3)).toEqual([
    'Sending with the configuration set mine was paused by command (at 2026-11-19T12:00:00.000Z).',
    '',
    expect.stringMatching(/^Sends with this configuration set/),
  ]);
});

test('says when a pause was seen that nobody here made, and looks for what else grows', () => {
  const { text } = noticeOf({ at: CAUSE.since, by: 'elsewhere' }, SET, OPTIONS);
  expect(text).toMatch(/^Sending with the configuration set mine is paused \(seen at 2026-11-19T12:00:00\.000Z\)/);
  const complaints = noticeOf(pauseOf({ cause: { ...CAUSE, kind: 'complaints' } }), SET, OPTIONS);
  expect(complaints.text).toContain('npx ses-suppressor list --reason complaint --stack');
});

test('has a subject that SNS takes: one line of ASCII, at most 99 characters', () => {
  const { subject } = noticeOf(pauseOf(), { ...SET, name: `mïïnè ${'x'.repeat(200)}` }, OPTIONS);
  expect(subject).toMatch(/^Sending is paused: bounce rate 6\.25 % \(m\?n\? x+$/);
  expect(subject).toHaveLength(99);
});

test('leads to headings that the runbook has', () => {
  const headings = [...readFileSync(`${__dirname}/../../../docs/runbook.md`, 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'),
  );
  const complaints = pauseOf({ cause: { ...CAUSE, kind: 'complaints' } });
  for (const pause of [pauseOf(), complaints, { at: 0, by: 'elsewhere' as const }]) {
    const [, anchor] = /runbook\.md#(\S+)/.exec(noticeOf(pause, SET, OPTIONS).text) ?? [];
    expect(headings).toContain(anchor);
  }
});

test('has a subject that SNS takes, whatever the configuration set is called and however odd the rate', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.double(), (name, rate) => {
      const { subject } = noticeOf(pauseOf({ cause: { ...CAUSE, rate } }), { kind: 'configuration-set', name }, '');
      expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
    }),
  );
});

test.each([
  [0.05, '5 %'],
  [0.001, '0.1 %'],
  [0.056603, '5.66 %'],
  [1, '100 %'],
  [0.0012345, '0.123 %'],
])('reads %d as %s', (fraction, words) => {
  expect(percentWords(fraction)).toBe(words);
});
