import { type FakeSes, replies, startFakeSes } from './fake-ses.ts';
import { mailerAt, TEMPLATE } from './mailer-harness.ts';

let ses: FakeSes;
beforeAll(async () => {
  ses = await startFakeSes();
});
afterAll(() => ses.close());

test('hands SES a template with its data and its recipients by field, names fit for a header', async () => {
  ses.reply(replies.accepted('0100018f-bbbb', 'SendTemplatedEmail'));
  await expect(mailerAt(ses.endpoint).mailer.send(TEMPLATE, 60_000)).resolves.toEqual({
    ok: true,
    value: { messageId: '0100018f-bbbb', messageIdHeader: '<0100018f-bbbb@eu-west-1.amazonses.com>' },
  });
  expect(Object.fromEntries(ses.seen[0]?.form ?? [])).toEqual({
    Action: 'SendTemplatedEmail',
    Version: '2010-12-01',
    Source: '"Ledger, Ltd." <no-reply@ledger.example>',
    'Destination.ToAddresses.member.1': '=?UTF-8?Q?Zo=C3=AB?= <pat@target.example>',
    'Destination.CcAddresses.member.1': 'ann@target.example',
    'Destination.BccAddresses.member.1': 'bob@target.example',
    'ReplyToAddresses.member.1': 'Help desk <help@ledger.example>',
    Template: 'welcome',
    TemplateData: '{"name":"Pat"}',
    'Tags.member.1.Name': 'stream',
    'Tags.member.1.Value': 'receipts',
    ConfigurationSetName: 'Suppressor-Set',
  });
});

test('takes a template for which nobody is left in To', async () => {
  ses.reply(replies.accepted('a', 'SendTemplatedEmail'));
  const sent = await mailerAt(ses.endpoint).mailer.send({ ...TEMPLATE, to: [], cc: [], replyTo: [] }, 60_000);
  expect(sent.ok).toBe(true);
  const names = [...(ses.seen[0]?.form.keys() ?? [])];
  expect(names.filter((name) => /Addresses/.test(name))).toEqual(['Destination.BccAddresses.member.1']);
});
