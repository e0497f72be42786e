import { hashKey } from '../../core/messages/key-hash.ts';
import { type LocalCloud, startLocalCloud } from '../../local/cloud.ts';
import { mailTo } from '../../local/loop/send-mail.ts';
import type { FaultKind } from '../../local/ses/injected-fault.ts';

jest.setTimeout(30_000);

const PAT = 'pat@target.example';
let cloud: LocalCloud;
const published: string[] = [];

beforeEach(async () => {
  published.length = 0;
  cloud = await startLocalCloud({ delays: [1, 10], onFeedback: ({ type }) => published.push(type) });
  cloud.account.templates.set('welcome', { subject: 'Hello {{name}}', text: 'Your plan: {{plan}}' });
});
afterEach(() => cloud.stop());

interface Answer {
  readonly status?: string;
  readonly messageId?: string;
  readonly messageIdHeader?: string;
  readonly duplicate?: boolean;
  readonly code?: string;
}

/** The answer to a request, or the error it failed with. */
const send = async (request: object): Promise<Answer> => {
  const outcome = await cloud.invoke('send', request);
  return JSON.parse(outcome.ok ? outcome.payload : outcome.error.errorMessage);
};

const settled = async () => {
  while (!cloud.isSettled()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const templated = (data: object) => ({
  from: 'no-reply@ledger.example',
  to: [PAT],
  template: { name: 'welcome', data },
  stream: 'receipts',
  idempotencyKey: JSON.stringify(data),
});

describe('The deployed bundles, over the local SES', () => {
  test('send a template that SES fills in, with tags and all', async () => {
    const answer = await send(templated({ name: 'Pat', plan: 'small' }));
    expect(answer).toMatchObject({ status: 'sent', messageIdHeader: cloud.inbox.last?.messageIdHeader });
    expect(cloud.inbox.last).toMatchObject({
      operation: 'SendTemplatedEmail',
      content: { subject: 'Hello Pat', text: 'Your plan: small' },
    });
    expect(new Map(cloud.inbox.last?.tags.map(({ name, value }) => [name, value]))).toEqual(
      new Map([
        ['stream', 'receipts'],
        ['suppressor-key', hashKey('{"name":"Pat","plan":"small"}')],
      ]),
    );
  });

  test('hear that SES could not fill a template in, and name one that is not there', async () => {
    expect(await send(templated({ name: 'Pat' }))).toMatchObject({ status: 'sent' });
    await settled();
    expect(published).toEqual(['Rendering Failure']);
    expect(cloud.deadLetterQueue.visible).toBe(0);
    cloud.account.templates.clear();
    expect(await send(templated({}))).toMatchObject({ code: 'TemplateNotFound' });
  });

  test.each<[FaultKind, string]>([
    ['cut', 'Delivery'],
    ['empty', 'Delivery'],
    ['broken', 'Delivery'],
    ['cut', 'Send'],
  ])('know what became of a mail whose answer was "%s" as soon as SES tells of its %s', async (fault, type) => {
    const [set = ''] = cloud.account.configurationSets.keys();
    cloud.account.configurationSets.set(set, new Set([type as 'Send' | 'Delivery']));
    cloud.account.fail(fault);
    const request = { ...mailTo([PAT]), idempotencyKey: 'order-4711' };
    expect(await send(request)).toMatchObject({ code: 'OutcomeUnknown' });
    await settled();
    expect(published).toEqual([type]);
    expect(await send(request)).toMatchObject({
      status: 'sent',
      messageId: cloud.inbox.last?.messageId,
      messageIdHeader: cloud.inbox.last?.messageIdHeader,
      duplicate: true,
    });
    expect(cloud.inbox.accepted).toBe(1);
  });

  test('leave a key free for a mail that SES refused for certain', async () => {
    const request = { ...mailTo([PAT]), idempotencyKey: 'order-4711' };
    cloud.account.fail('rejected');
    expect(await send(request)).toMatchObject({ code: 'SendingPaused' });
    expect(await send(request)).toMatchObject({ status: 'sent', duplicate: false });
    expect(await send({ ...request, subject: 'Another' })).toMatchObject({ code: 'IdempotencyKeyReused' });
    expect(cloud.inbox.accepted).toBe(1);
  });
});
