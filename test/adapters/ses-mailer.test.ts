import { SESClient } from '@aws-sdk/client-ses';
import { sesClient } from '../../adapters/ses-client.ts';
import { messageIdHeader } from '../../core/messages/message-id-header.ts';
import { SIZE_LIMITS } from '../../core/send/size.ts';
import { type FakeSes, type Reply, replies, startFakeSes } from './fake-ses.ts';
import { LOCAL, MAIL, mailerAt, mailerOf, TEMPLATE } from './mailer-harness.ts';

const RATE = replies.refused('Throttling', 'Maximum sending rate exceeded.');
const QUOTA = replies.refused('Throttling', 'Daily message quota exceeded.');

let ses: FakeSes;
beforeAll(async () => {
  ses = await startFakeSes();
});
afterAll(() => ses.close());

test('hands SES the envelope, the message, the tags and the configuration set', async () => {
  ses.reply(replies.accepted('0100018f-aaaa'));
  const { mailer } = mailerAt(ses.endpoint);
  await expect(mailer.send(MAIL, 60_000)).resolves.toEqual({
    ok: true,
    value: { messageId: '0100018f-aaaa', messageIdHeader: '<0100018f-aaaa@eu-west-1.amazonses.com>' },
  });
  expect(Object.fromEntries(ses.seen[0]?.form ?? [])).toEqual({
    Action: 'SendRawEmail',
    Version: '2010-12-01',
    Source: 'no-reply@ledger.example',
    'Destinations.member.1': 'pat@target.example',
    'Destinations.member.2': 'ann@target.example',
    'RawMessage.Data': Buffer.from(MAIL.raw).toString('base64'),
    'Tags.member.1.Name': 'stream',
    'Tags.member.1.Value': 'receipts',
    'Tags.member.2.Name': 'order',
    'Tags.member.2.Value': '4711',
    ConfigurationSetName: 'Suppressor-Set',
  });
});

test('leaves tags and configuration set out where there are none', async () => {
  ses.reply(replies.accepted('a'));
  await mailerAt(ses.endpoint).mailer.send({ ...MAIL, tags: {}, configurationSet: undefined }, 60_000);
  const names = [...(ses.seen[0]?.form.keys() ?? [])];
  expect(names.filter((name) => name.startsWith('Tags') || name.startsWith('Configuration'))).toEqual([]);
});

test('keeps no connection for a later request, which a frozen function would find closed', async () => {
  ses.reply(replies.accepted('a'));
  const { mailer } = mailerAt(ses.endpoint);
  await mailer.send(MAIL, 60_000);
  expect(ses.seen[0]?.connection).toBe('close');
});

const BOTH = [MAIL, TEMPLATE];
const REFUSED = replies.refused;

test.each<[string, Reply]>([
  ['a connection that is cut after the request was received', replies.cut],
  ['a connection that is cut within the answer', replies.cutWithin],
  ['a 500', replies.refused('InternalFailure', 'try later', 500)],
  ['a 503 without a body', replies.empty(503)],
  ['a 502 in HTML', replies.html(502)],
  ['a 400 in HTML', replies.html(400)],
  ['a 200 without a body', replies.empty(200)],
  ['a 200 without a message id', replies.accepted('')],
  ['a refusal that nobody knows', replies.refused('SomethingNew', 'never heard of')],
])('makes one request and does not know the outcome after %s', async (_what, reply) => {
  for (const mail of BOTH) {
    ses.reply(reply, replies.accepted('second'));
    const { mailer, pauses } = mailerAt(ses.endpoint);
    await expect(mailer.send(mail, 60_000)).resolves.toMatchObject({
      ok: false,
      error: { code: 'OutcomeUnknown', retryable: false },
    });
    expect(ses.seen).toHaveLength(1);
    expect(pauses).toEqual([]);
  }
});

test.each<[string, Reply, string]>([
  ['a paused account', REFUSED('AccountSendingPausedException', 'Email sending is disabled.'), 'SendingPaused'],
  [
    'a paused configuration set',
    REFUSED('ConfigurationSetSendingPausedException', 'Sending is paused.'),
    'SendingPaused',
  ],
  ['the quota', QUOTA, 'QuotaExceeded'],
  ['an unverified sender', REFUSED('MessageRejected', 'Email address is not verified.'), 'SenderNotVerified'],
  [
    'an unverified recipient in the sandbox',
    REFUSED(
      'MessageRejected',
      'Email address is not verified. The following identities failed the check in region EU-WEST-1: pat@target.example',
    ),
    'RecipientNotVerified',
  ],
  ['a template that does not exist', REFUSED('TemplateDoesNotExist', 'Template x does not exist.'), 'TemplateNotFound'],
  ['data that a template lacks', REFUSED('MissingRenderingAttribute', 'name is missing'), 'InvalidRequest'],
  ['data that no template takes', REFUSED('InvalidRenderingParameter', 'no JSON'), 'InvalidRequest'],
])('makes one request and is certain that nothing was sent after %s', async (_what, reply, code) => {
  for (const mail of BOTH) {
    ses.reply(reply, replies.accepted('second'));
    await expect(mailerAt(ses.endpoint).mailer.send(mail, 60_000)).resolves.toMatchObject({
      ok: false,
      error: { code, retryable: false },
    });
    expect(ses.seen).toHaveLength(1);
  }
});

test('makes one request and does not know the outcome when SES does not answer in time', async () => {
  ses.reply(replies.never);
  const { mailer } = mailerAt(ses.endpoint, {
    requestHandler: { connectionTimeout: 5000, requestTimeout: 100, throwOnRequestTimeout: true },
  });
  await expect(mailer.send(MAIL, 60_000)).resolves.toMatchObject({ ok: false, error: { code: 'OutcomeUnknown' } });
  expect(ses.seen).toHaveLength(1);
});

test.each<[string, Reply]>([
  ['a cut connection', replies.cut],
  ['a 500', replies.empty(500)],
  ['the quota', QUOTA],
])('makes one request after %s even with a client that is set to retry', async (_what, reply) => {
  for (const mail of BOTH) {
    ses.reply(reply, replies.accepted('second'));
    const client = new SESClient({ ...LOCAL, endpoint: ses.endpoint, maxAttempts: 3 });
    await expect(mailerOf(client).mailer.send(mail, 60_000)).resolves.toMatchObject({ ok: false });
    expect(ses.seen).toHaveLength(1);
  }
});

test('tries again when the sending rate is exceeded, until SES accepts', async () => {
  ses.reply(RATE, RATE, RATE, replies.accepted('fourth'));
  const { mailer, pauses } = mailerAt(ses.endpoint);
  await expect(mailer.send(MAIL, 60_000)).resolves.toMatchObject({ ok: true, value: { messageId: 'fourth' } });
  expect(pauses).toEqual([200, 400, 800]);
  expect(ses.seen).toHaveLength(4);
});

test('gives up on the rate after eight tries and says that a retry is safe', async () => {
  ses.reply(RATE);
  const { mailer, pauses } = mailerAt(ses.endpoint);
  await expect(mailer.send(MAIL, 60_000)).resolves.toMatchObject({
    ok: false,
    error: { code: 'RateExceeded', retryable: true, message: 'SES: Maximum sending rate exceeded.' },
  });
  expect(ses.seen).toHaveLength(8);
  expect(pauses).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
});

test('leaves the rate to the caller after one try if told so', async () => {
  for (const mail of BOTH) {
    ses.reply(RATE, replies.accepted('second'));
    const { mailer, pauses } = mailerOf(sesClient({ ...LOCAL, endpoint: ses.endpoint }), { rateTries: 1 });
    await expect(mailer.send(mail, 60_000)).resolves.toMatchObject({
      ok: false,
      error: { code: 'RateExceeded', retryable: true },
    });
    expect(ses.seen).toHaveLength(1);
    expect(pauses).toEqual([]);
  }
});

test('starts no try after the deadline and does not wait for one', async () => {
  ses.reply(RATE);
  const { mailer, pauses } = mailerAt(ses.endpoint);
  await expect(mailer.send(MAIL, 700)).resolves.toMatchObject({ ok: false, error: { code: 'RateExceeded' } });
  expect(ses.seen).toHaveLength(3);
  expect(pauses).toEqual([200, 400]);
});

test('makes no request at all when the deadline has passed', async () => {
  ses.reply(replies.accepted('a'));
  const { mailer, clock } = mailerAt(ses.endpoint);
  clock.now = 701;
  await expect(mailer.send(MAIL, 700)).resolves.toMatchObject({
    ok: false,
    error: { code: 'SesUnreachable', retryable: true },
  });
  expect(ses.seen).toHaveLength(0);
});

test('makes one request when the daily quota is used up', async () => {
  ses.reply(QUOTA, replies.accepted('second'));
  await expect(mailerAt(ses.endpoint).mailer.send(MAIL, 60_000)).resolves.toMatchObject({
    ok: false,
    error: { code: 'QuotaExceeded', retryable: false },
  });
  expect(ses.seen).toHaveLength(1);
});

test('is open for the outcome of the second try as it is for the first', async () => {
  ses.reply(RATE, replies.cut, replies.accepted('third'));
  await expect(mailerAt(ses.endpoint).mailer.send(MAIL, 60_000)).resolves.toMatchObject({
    ok: false,
    error: { code: 'OutcomeUnknown' },
  });
  expect(ses.seen).toHaveLength(2);
});

test('refuses an empty envelope, for which SES would mail whomever the headers name', async () => {
  ses.reply(replies.accepted('a'));
  for (const mail of [
    { ...MAIL, destinations: [] },
    { ...TEMPLATE, to: [], cc: [], bcc: [] },
  ])
    await expect(mailerAt(ses.endpoint).mailer.send(mail, 60_000)).resolves.toMatchObject({
      ok: false,
      error: { code: 'InvalidRequest' },
    });
  expect(ses.seen).toHaveLength(0);
});

test('refuses a message that is too large for SES without sending it', async () => {
  ses.reply(replies.accepted('a'));
  const raw = new Uint8Array(SIZE_LIMITS.ses + 1);
  await expect(mailerAt(ses.endpoint).mailer.send({ ...MAIL, raw }, 60_000)).resolves.toMatchObject({
    ok: false,
    error: { code: 'TooLarge', message: 'ses: the message has 10485761 bytes, at most 10485760 are taken' },
  });
  expect(ses.seen).toHaveLength(0);
});

test('names the Message-ID header as SES writes it in each Region', () => {
  expect(messageIdHeader('a', 'us-east-1')).toBe('<a@email.amazonses.com>');
  expect(messageIdHeader('a', 'ap-south-1')).toBe('<a@ap-south-1.amazonses.com>');
});
