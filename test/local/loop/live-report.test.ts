import { acceptedLine } from '../../../local/loop/accepted-line.ts';
import { feedbackLine } from '../../../local/loop/feedback-line.ts';
import { HumanReport } from '../../../local/loop/human-report.ts';
import type { LoopEvent } from '../../../local/loop/loop-event.ts';
import { noticeLine } from '../../../local/loop/notice-line.ts';
import { paintFor } from '../../../local/loop/paint.ts';
import { parkedLine } from '../../../local/loop/parked-line.ts';
import type { Said } from '../../../local/simulator/publisher.ts';
import { acceptedMail } from '../simulator/simulator-under-test.ts';

const AT = new Date('2026-11-24T04:12:30.000Z');
const PAT = 'pat@target.example';

/** What is told after the loop has closed. */
const told = (...events: LoopEvent[]) => {
  const lines: string[] = [];
  const human = new HumanReport((line) => lines.push(line), paintFor({}, {}));
  human.report({ event: 'loop', closed: true, seconds: 1 });
  lines.length = 0;
  for (const event of events) human.report(event);
  return lines.map((line) => line.replace(/\d\d:\d\d:(30|05)/, 'TIME'));
};

const mail = (subject: string, recipients: readonly string[] = [PAT]) =>
  acceptedMail(recipients, { headers: [{ name: 'Subject', value: subject }] });

const said = (more: Partial<Said>): Said => ({
  at: AT,
  type: 'Delivery',
  key: 'delivery',
  recipients: [PAT],
  detail: { smtpResponse: '250 2.0.0 OK' },
  messageId: 'x',
  subject: 'Your receipt',
  to: [PAT],
  family: 'event',
  ...more,
});

describe('What is told while the cloud stays up', () => {
  test('names each mail that SES accepts by time, address, subject and stream', () => {
    expect(told(acceptedLine(mail('Your receipt'), 0))).toEqual([
      `   TIME  accepted   ${PAT.padEnd(36)}  ${'Your receipt'.padEnd(19)}  receipts`,
    ]);
    expect(acceptedLine(mail('Your receipt'), 0)).toMatchObject({
      event: 'accepted',
      at: '2026-01-02T03:04:05.678Z',
      messageId: expect.stringMatching(/^0100/),
      recipients: [PAT],
      subject: 'Your receipt',
      stream: 'receipts',
    });
  });

  test('shows what people on call are told, line by line, with nothing that could move other text about', () => {
    const notice = {
      at: AT,
      messageId: 'x',
      subject: 'Sending is paused\u202e',
      message: 'Why: \u001b[31mbad\n\nFirst:\n  do\n',
    };
    expect(told(noticeLine(notice, 0), noticeLine({ ...notice, subject: null, message: 'x' }, 0))).toEqual([
      '   TIME  notice     Sending is paused',
      `${' '.repeat(24)}Why:  [31mbad`,
      '',
      `${' '.repeat(24)}First:`,
      `${' '.repeat(24)}do`,
      '   TIME  notice     on the alarm topic',
      `${' '.repeat(24)}x`,
    ]);
    expect(noticeLine(notice, AT.getTime() - 1500)).toMatchObject({
      event: 'notice',
      seconds: 1.5,
      message: notice.message,
    });
  });

  test('says what became of which mail, and why under what was no delivery', () => {
    const bounce = {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ diagnosticCode: 'smtp; 550 no such user' }],
    };
    expect(
      told(feedbackLine(said({}), 0), feedbackLine(said({ type: 'Bounce', key: 'bounce', detail: bounce }), 0)),
    ).toEqual([
      `   TIME  Delivery   ${PAT.padEnd(36)}  Your receipt`,
      `   TIME  Bounce     ${PAT.padEnd(36)}  Your receipt`,
      `${' '.repeat(24)}Permanent/General, smtp; 550 no such user`,
    ]);
    expect(feedbackLine(said({}), 0)).toMatchObject({ at: AT.toISOString(), messageId: 'x', subject: 'Your receipt' });
  });

  test('names whom a mail was for when it was not sent at all', () => {
    const line = feedbackLine(said({ type: 'Reject', key: 'reject', recipients: [], detail: { reason: 'Bad' } }), 0);
    expect(line.recipients).toEqual([PAT]);
    expect(told(line)[0]).toContain(PAT);
  });

  test('reads encoded subjects', () => {
    expect(acceptedLine(mail('=?UTF-8?Q?Gr=C3=BC=C3=9Fe?='), 0).subject).toBe('Grüße');
  });

  const HOSTILE = '\u001b[2J\u009b31m\u202egnp.exe\u0007\n\u2028x';
  const ENCODED = `=?UTF-8?B?${Buffer.from(HOSTILE).toString('base64')}?=`;

  test.each<[string, LoopEvent]>([
    ['the subject of a mail', acceptedLine(mail(HOSTILE), 0)],
    ['an encoded subject', acceptedLine(mail(ENCODED), 0)],
    ['the subject of feedback', feedbackLine(said({ subject: HOSTILE }), 0)],
    ['what SES says', feedbackLine(said({ type: 'Reject', detail: { reason: HOSTILE } }), 0)],
    [
      'what is set aside',
      parkedLine({ at: AT, kind: 'send', messageId: 'x', code: HOSTILE, message: HOSTILE, subject: HOSTILE }, 0),
    ],
  ])('takes control characters out of %s', (_what, event) => {
    for (const line of [...told(event), ...Object.values(event).map(String)])
      expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
  });

  test('keeps within 100 columns, whatever is in a mail', () => {
    const long = 'wide '.repeat(2000);
    const address = `${'a'.repeat(64)}@${'b'.repeat(60)}.example`;
    const lines = told(
      acceptedLine({ ...mail(long, [address, PAT, PAT]), tags: [{ name: 'stream', value: 's'.repeat(256) }] }, 0),
      feedbackLine(said({ type: 'Bounce', recipients: [address], subject: long, detail: { reason: long } }), 0),
      parkedLine({ at: AT, kind: 'send', messageId: 'x', code: 'Code', message: long, subject: long }, 0),
    );
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('… and 2 more');
    for (const line of lines) expect(line.replace('TIME', '00:00:00').length).toBeLessThanOrEqual(100);
  });
});
