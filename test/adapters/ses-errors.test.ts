import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { sesClient } from '../../adapters/ses-client.ts';
import { readSesError } from '../../adapters/ses-errors.ts';
import type { RawMail, TemplateMail } from '../../core/send/mailer.ts';
import { type FakeSes, replies, startFakeSes } from './fake-ses.ts';

const MAIL: RawMail = {
  kind: 'raw',
  source: 'No-Reply@ledger.example',
  destinations: ['pat@target.example', 'ann@target.example'],
  raw: Buffer.from('Subject: Hi\r\n\r\nHi'),
  tags: {},
  configurationSet: undefined,
};
const UNVERIFIED = 'Email address is not verified. The following identities failed the check in region EU-WEST-1: ';

let ses: FakeSes;
let client: SESClient;
beforeAll(async () => {
  ses = await startFakeSes();
  client = sesClient({
    endpoint: ses.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(() => {
  client.destroy();
  return ses.close();
});

/** The error that the real client makes of SES's answer. */
const thrownFor = async (code: string, message: string, status?: number): Promise<unknown> => {
  ses.reply(replies.refused(code, message, status));
  const command = new SendRawEmailCommand({ RawMessage: { Data: MAIL.raw } });
  return client.send(command).then(
    () => undefined,
    (error: unknown) => error,
  );
};

test.each<[wire: string, text: string, code: string, again: boolean]>([
  ['Throttling', 'Maximum sending rate exceeded.', 'RateExceeded', true],
  ['Throttling', 'Rate exceeded', 'RateExceeded', true],
  ['Throttling', 'Too much', 'RateExceeded', false],
  ['Throttling', 'Daily message quota exceeded.', 'QuotaExceeded', false],
  ['MessageRejected', `${UNVERIFIED}no-reply@ledger.example`, 'SenderNotVerified', false],
  [
    'MessageRejected',
    `${UNVERIFIED}Ledger &lt;no-reply@ledger.example&gt;, pat@target.example`,
    'SenderNotVerified',
    false,
  ],
  ['MessageRejected', `${UNVERIFIED}ledger.example`, 'SenderNotVerified', false],
  ['MessageRejected', `${UNVERIFIED}other@ledger.example`, 'SenderNotVerified', false],
  ['MessageRejected', 'Email address is not verified.', 'SenderNotVerified', false],
  ['MessageRejected', `${UNVERIFIED}PAT@target.example`, 'RecipientNotVerified', false],
  ['MessageRejected', `${UNVERIFIED}pat@target.example, ann@target.example`, 'RecipientNotVerified', false],
  ['MessageRejected', `${UNVERIFIED}pat@target.example, ann@tar...`, 'RecipientNotVerified', false],
  ['MessageRejected', `${UNVERIFIED}pat@target.example, …`, 'RecipientNotVerified', false],
  ['MessageRejected', `${UNVERIFIED}no-rep...`, 'SenderNotVerified', false],
  ['MessageRejected', 'Address blacklisted.', 'MessageRejected', false],
  ['MessageRejected', 'Sending paused for this account. Please check the inbox.', 'SendingPaused', false],
  ['MessageRejected', 'Sending suspended for this account.', 'SendingPaused', false],
  ['AccountSendingPausedException', 'Email sending is disabled for your account.', 'SendingPaused', false],
  ['ConfigurationSetSendingPausedException', 'Sending is paused for the set.', 'SendingPaused', false],
  [
    'ConfigurationSetDoesNotExist',
    'Configuration set <x> does not exist.'.replaceAll(/[<>]/g, ''),
    'ConfigurationSetNotFound',
    false,
  ],
  ['TemplateDoesNotExist', 'Template welcome does not exist.', 'TemplateNotFound', false],
  ['MailFromDomainNotVerifiedException', 'Custom MAIL FROM domain not verified.', 'SenderNotVerified', false],
  ['InvalidParameterValue', "Missing final '@domain'", 'InvalidRequest', false],
  ['InvalidParameterValue', "Duplicate header 'Subject'.", 'InvalidRequest', false],
  ['InvalidParameterValue', "Message length is more than 10485760 bytes long: '26338286'.", 'TooLarge', false],
  ['ValidationError', '1 validation error detected', 'InvalidRequest', false],
  ['AccessDenied', 'User is not authorized to perform `ses:SendRawEmail`', 'SenderNotAllowed', false],
  ['AccessDeniedException', 'not authorized', 'SenderNotAllowed', false],
  ['ExpiredToken', 'The security token included in the request is expired', 'SesUnreachable', false],
  ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'SesUnreachable', false],
  ['RequestExpired', 'Request has expired.', 'SesUnreachable', false],
  ['IncompleteSignature', 'The request signature does not conform', 'SesUnreachable', false],
  ['SignatureDoesNotMatch', 'The request signature we calculated does not match', 'SesUnreachable', false],
  ['LimitExceeded', 'Too many resources.', 'MessageRejected', false],
])('reads %s "%s" as %s', async (wire, text, code, again) => {
  const verdict = readSesError(await thrownFor(wire, text), MAIL, false);
  expect(verdict).toMatchObject({ failure: { code }, again });
});

test.each([1, 12, 50])('knows %i unverified recipients, however long SES says so', async (count) => {
  const destinations = Array.from({ length: count }, (_, i) => `recipient.number${i}@customers.target.example`);
  const mail = { ...MAIL, destinations };
  const error = await thrownFor('MessageRejected', UNVERIFIED + destinations.join(', '));
  const { failure } = readSesError(error, mail, false);
  expect(failure.code).toBe('RecipientNotVerified');
  expect(failure.message.length).toBeLessThanOrEqual('SES: '.length + 500);
  const also = await thrownFor('MessageRejected', `${UNVERIFIED}${destinations.join(', ')}, no-reply@ledger.example`);
  expect(readSesError(also, mail, false).failure.code).toBe('SenderNotVerified');
});

test('tells the size it sent and the limit where SES finds the message too large', async () => {
  const error = await thrownFor('RequestEntityTooLarge', 'Request entity too large', 413);
  expect(readSesError(error, MAIL, false)).toMatchObject({
    failure: {
      code: 'TooLarge',
      message: 'ses: the message has 17 bytes, at most 10485760 are taken encoded; SES: Request entity too large',
    },
    again: false,
  });
  const people = { from: { name: '', address: MAIL.source }, to: [], cc: [], bcc: [], replyTo: [] };
  const template: TemplateMail = { ...MAIL, kind: 'template', template: 'welcome', data: '{}', ...people };
  expect(readSesError(error, template, false).failure.message).toContain('the data of the template has 2 bytes');
});

test.each(['SignatureDoesNotMatch', 'RequestExpired', 'ExpiredToken', 'InvalidClientTokenId'])(
  'does not ask for the same request again after %s: only a person can mend that',
  async (code) => {
    expect(readSesError(await thrownFor(code, 'no', 403), MAIL, false)).toMatchObject({
      failure: { code: 'SesUnreachable', retryable: false, remedy: expect.stringContaining('credentials') },
      again: false,
    });
  },
);

test('nor where there are no credentials at all', () => {
  expect(readSesError(new Error('none'), MAIL, true).failure).toMatchObject({
    code: 'SesUnreachable',
    retryable: false,
  });
});

test('has a remedy of its own for a MAIL FROM domain without its record', async () => {
  const { failure } = readSesError(await thrownFor('MailFromDomainNotVerifiedException', 'no MX'), MAIL, false);
  expect(failure.remedy).toContain('MX record');
});

test('takes the word of a refusal only below 500', async () => {
  const verdict = readSesError(await thrownFor('MessageRejected', 'no', 500), MAIL, false);
  expect(verdict.failure).toMatchObject({ code: 'OutcomeUnknown', message: 'SES answered 500: no' });
});

const coded = (fields: object, message = 'x'): Error => Object.assign(new Error(message), fields);

test.each<[string, unknown]>([
  ['ECONNREFUSED', coded({ code: 'ECONNREFUSED', syscall: 'connect' })],
  ['ENOTFOUND', coded({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
  ['EAI_AGAIN', coded({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
  ['a connect that timed out', coded({ name: 'TimeoutError', code: 'ETIMEDOUT', syscall: 'connect' })],
  ['a network out of reach', coded({ code: 'ENETUNREACH', syscall: 'connect' })],
  [
    'every address refused',
    coded({ code: 'ECONNREFUSED', errors: [coded({ syscall: 'connect' }), coded({ code: 'ECONNREFUSED' })] }),
  ],
  [
    'the connection time-out of the HTTP handler',
    coded(
      { name: 'TimeoutError' },
      'the request socket did not establish a connection with the server within the configured timeout of 3000 ms.',
    ),
  ],
])('is certain that nothing left after %s', (_what, error) => {
  expect(readSesError(error, MAIL, false)).toMatchObject({ failure: { code: 'SesUnreachable' }, again: true });
});

test.each<[string, unknown]>([
  ['ECONNRESET', coded({ name: 'TimeoutError', code: 'ECONNRESET' })],
  ['EPIPE', coded({ code: 'EPIPE', syscall: 'write' })],
  ['a time-out of the request', coded({ name: 'TimeoutError', code: 'ETIMEDOUT' })],
  [
    'an idle socket that timed out',
    coded({ name: 'TimeoutError' }, 'the request socket timed out after 20000 ms of inactivity'),
  ],
  [
    'one address cut and one refused',
    coded({ errors: [coded({ code: 'ECONNRESET' }), coded({ code: 'ECONNREFUSED' })] }),
  ],
  ['an abort', coded({ name: 'AbortError' })],
  ['something that is no error', 'text'],
  ['nothing', undefined],
  ['null', null],
])('is not certain of anything after %s', (_what, error) => {
  expect(readSesError(error, MAIL, false)).toMatchObject({ failure: { code: 'OutcomeUnknown' }, again: false });
});
