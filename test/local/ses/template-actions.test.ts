import {
  CreateTemplateCommand,
  DeleteTemplateCommand,
  GetTemplateCommand,
  ListTemplatesCommand,
  SendTemplatedEmailCommand,
  UpdateTemplateCommand,
} from '@aws-sdk/client-ses';
import { startSes } from './ses-client.ts';

let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

const HTML = '<style>@media print{b{color:red}}</style><b>{{ name }} &amp; co</b>';
const create = (TemplateName: string, parts: object = {}) =>
  ses.client.send(new CreateTemplateCommand({ Template: { TemplateName, SubjectPart: 'Hi {{name}}', ...parts } }));
const update = (TemplateName: string, SubjectPart: string) =>
  ses.client.send(new UpdateTemplateCommand({ Template: { TemplateName, SubjectPart } }));
const get = async (TemplateName: string) => (await ses.client.send(new GetTemplateCommand({ TemplateName }))).Template;

describe('Stored templates of the local SES, asked by the real client', () => {
  test('are created, read, changed, listed and deleted', async () => {
    await create('hello', { TextPart: 'Dear {{name}}', HtmlPart: HTML });
    expect(await get('hello')).toEqual({
      TemplateName: 'hello',
      SubjectPart: 'Hi {{name}}',
      TextPart: 'Dear {{name}}',
      HtmlPart: HTML,
    });
    await update('hello', 'Bye {{name}}');
    expect(await get('hello')).toEqual({ TemplateName: 'hello', SubjectPart: 'Bye {{name}}' });
    const { TemplatesMetadata } = await ses.client.send(new ListTemplatesCommand({}));
    expect(TemplatesMetadata).toEqual([{ Name: 'hello', CreatedTimestamp: expect.any(Date) }]);
    expect(Date.now() - (TemplatesMetadata?.[0]?.CreatedTimestamp?.getTime() ?? 0)).toBeLessThan(60_000);
    for (const _twice of [1, 2]) await ses.client.send(new DeleteTemplateCommand({ TemplateName: 'hello' }));
    expect((await ses.client.send(new ListTemplatesCommand({}))).TemplatesMetadata ?? []).toEqual([]);
  });

  test('are filled in when they are sent', async () => {
    await create('hello', { HtmlPart: HTML });
    await ses.client.send(
      new SendTemplatedEmailCommand({
        Source: 'no-reply@ledger.example',
        Destination: { ToAddresses: ['pat@target.example'] },
        Template: 'hello',
        TemplateData: '{"name":"Pat"}',
      }),
    );
    expect(ses.inbox.last?.content).toEqual({
      subject: 'Hi Pat',
      text: null,
      html: '<style>@media print{b{color:red}}</style><b>Pat &amp; co</b>',
    });
  });

  test('are listed in pages', async () => {
    for (let n = 0; n < 12; n += 1) await create(`t${n}`);
    const first = await ses.client.send(new ListTemplatesCommand({}));
    const { NextToken } = first;
    const second = await ses.client.send(new ListTemplatesCommand({ NextToken, MaxItems: 5 }));
    expect(first.TemplatesMetadata).toHaveLength(10);
    expect(second.TemplatesMetadata?.map(({ Name }) => Name)).toEqual(['t10', 't11']);
    expect(second.NextToken).toBeUndefined();
  });

  test.each<[string, () => Promise<unknown>]>([
    ['AlreadyExistsException', () => create('there')],
    ['TemplateDoesNotExistException', () => get('nowhere')],
    ['TemplateDoesNotExistException', () => update('nowhere', 'Hi')],
    ['InvalidTemplateException', () => create('open', { TextPart: 'Dear {{name' })],
    ['InvalidTemplateException', () => create('block', { TextPart: '{{#if vip}}Dear{{/if}}' })],
    ['InvalidTemplateException', () => update('there', '{{>footer}}')],
    ['InvalidParameterValue', () => create('empty', { SubjectPart: '' })],
    ['InvalidParameterValue', () => create('not a name')],
    ['InvalidParameterValue', () => create('large', { TextPart: 'x'.repeat(500 * 1024) })],
  ])('are refused with %s', async (name, call) => {
    await create('there');
    await expect(call()).rejects.toMatchObject({ name });
    expect([...ses.account.templates.keys()]).toEqual(['there']);
  });
});
