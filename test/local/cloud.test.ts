import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../local/cloud.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import type { Parked } from '../../local/queue/queues.ts';
import { functionsAt } from './fixtures/functions-at.ts';

jest.setTimeout(30_000);

const running: LocalCloud[] = [];

const start = async (options: LocalCloudOptions = {}): Promise<LocalCloud> => {
  const cloud = await startLocalCloud({ functions: functionsAt('scripted'), retryDelayMs: 5, ...options });
  running.push(cloud);
  return cloud;
};

afterEach(() => Promise.all(running.splice(0).map((cloud) => cloud.stop())));

const until = async (holds: () => boolean) => {
  const deadline = Date.now() + 5000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
};

describe('A local cloud', () => {
  test('tells where everything is, all of it on loopback', async () => {
    const { addresses } = await start({ table: 'my-table', configurationSets: ['receipts', 'news'] });
    const { lambda, ses, dynamodb, sqs, secrets, unsubscribe } = addresses;
    for (const url of [lambda, ses, dynamodb, sqs, secrets]) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(unsubscribe).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    for (const queue of [
      addresses.queue,
      addresses.deadLetterQueue,
      addresses.sendQueue,
      addresses.sendDeadLetterQueue,
      addresses.failedSends,
    ])
      expect(queue).toContain(`${sqs}/123456789012/suppressor-local-`);
    expect(await (await fetch(lambda)).json()).toEqual({ event: 'ready', ...addresses });
    expect(addresses).toMatchObject({
      console: null,
      table: 'my-table',
      messages: 'my-table-messages',
      configurationSet: 'receipts',
      topic: 'arn:aws:sns:us-east-1:123456789012:suppressor-local-feedback',
    });
    expect(Object.keys(addresses).slice(0, 5)).toEqual(['lambda', 'ses', 'dynamodb', 'console', 'table']);
  });

  test('gives the functions the environment of the stack, local endpoints and no credentials of the user', async () => {
    process.env.AWS_PROFILE = 'production';
    const { addresses, invoke } = await start({
      configurationSets: ['receipts', 'news'],
      policy: { complaintScope: 'stream' },
    });
    const outcome = await invoke('send', { act: 'environment' });
    delete process.env.AWS_PROFILE;
    const environment = outcome.ok ? JSON.parse(outcome.payload) : {};
    expect(environment).toMatchObject({
      SUPPRESSOR_TABLE: addresses.table,
      SUPPRESSOR_MESSAGES_TABLE: addresses.messages,
      SUPPRESSOR_UNSUBSCRIBE_URL: addresses.unsubscribe,
      SUPPRESSOR_UNSUBSCRIBE_SECRET: 'suppressor-local-unsubscribe',
      SUPPRESSOR_CONFIGURATION_SET: 'receipts',
      SUPPRESSOR_CONFIGURATION_SETS: 'receipts,news',
      SUPPRESSOR_POLICY: '{"complaintScope":"stream"}',
      SUPPRESSOR_LOG_KEY: expect.any(String),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
      AWS_ENDPOINT_URL_SES: addresses.ses,
      AWS_ENDPOINT_URL_SQS: addresses.sqs,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: addresses.secrets,
      AWS_LAMBDA_FUNCTION_NAME: 'send',
      POWERTOOLS_SERVICE_NAME: 'send',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    expect(environment).not.toHaveProperty('AWS_PROFILE');
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).not.toHaveProperty('SUPPRESSOR_DEAD_LETTER_QUEUE');
    expect(environment).not.toHaveProperty('SUPPRESSOR_SEND_QUEUE');
  });

  test('takes send requests to the queue function, and heeds when it wants to see them again', async () => {
    const lines: string[] = [];
    const cloud = await start({ retryDelayMs: 60_000, onLog: (_name, line) => lines.push(line) });
    for (const body of ['fine', 'later 0', 'later 3600']) cloud.sendQueue.send(body);
    await until(() => lines.length === 4);
    expect(lines).toEqual(['fine 1', 'later 0 1', 'later 3600 1', 'later 0 2']);
    await until(() => cloud.sendQueue.inFlight === 1);
    expect([cloud.sendQueue.visible, cloud.isSettled()]).toEqual([0, false]);
  });

  test('holds the first key for unsubscribe links, and serves the function they lead to', async () => {
    const cloud = await start();
    const { value } = cloud.unsubscribeSecret.read(undefined);
    expect(JSON.parse(value)).toEqual({ id: 'first', key: expect.stringMatching(/^[\w-]{43}$/) });
    expect(await (await fetch(`${cloud.addresses.unsubscribe}text`)).text()).toBe('just a text');
  });

  test('tells of what is set aside: why, where a function said so', async () => {
    const parked: Parked[] = [];
    const cloud = await start({ maxReceiveCount: 1, onParked: (one) => parked.push(one) });
    const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
    cloud.sendDeadLetterQueue.send('{"subject":"Hi"}', {
      code: attribute('InvalidRequest'),
      message: attribute('from is missing'),
    });
    cloud.topic.publish('fail-always');
    await until(() => parked.length === 2);
    expect(parked).toMatchObject([
      { kind: 'send', code: 'InvalidRequest', message: 'from is missing', subject: 'Hi' },
      { kind: 'feedback', code: null, message: null, subject: null },
    ]);
  });

  test('keeps the record of an asynchronous send that failed, and of no other function', async () => {
    const cloud = await start();
    const inBackground = (name: string, event: object) =>
      fetch(`${cloud.addresses.lambda}/2015-03-31/functions/${name}/invocations`, {
        method: 'POST',
        headers: { 'x-amz-invocation-type': 'Event' },
        body: JSON.stringify(event),
      });
    for (const name of ['feedback', 'send']) expect((await inBackground(name, { act: 'throw' })).status).toBe(202);
    await until(() => cloud.failedSends.visible === 1);
    const client = new SQSClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.sqs });
    const receive = new ReceiveMessageCommand({ QueueUrl: cloud.addresses.failedSends, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await client.send(receive);
    client.destroy();
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? ''))).toMatchObject([
      { requestPayload: { act: 'throw' }, responsePayload: { errorType: 'TypeError', errorMessage: 'no such thing' } },
    ]);
  });

  test('takes what SES publishes to the feedback function, again where it failed, and at last to the dead letters', async () => {
    const cloud = await start({ maxReceiveCount: 3 });
    cloud.topic.publish('fine');
    cloud.topic.publish('fail-once');
    cloud.topic.publish('fail-always');
    await until(() => cloud.deadLetterQueue.visible === 1 && cloud.isSettled());
    const client = new SQSClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.sqs });
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: cloud.addresses.deadLetterQueue, MaxNumberOfMessages: 10 }),
    );
    client.destroy();
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? '').Message)).toEqual(['fail-always']);
  });

  test('brings a batch back when the feedback function throws', async () => {
    const cloud = await start({ maxReceiveCount: 2 });
    cloud.topic.publish('fail-batch');
    await until(() => cloud.deadLetterQueue.visible === 1);
    expect(cloud.isSettled()).toBe(true);
  });

  test('passes on each line that a function writes, and what it fails with', async () => {
    const lines: string[] = [];
    const cloud = await start({ onLog: (name, line) => lines.push(`${name}: ${line}`) });
    await cloud.invoke('send', { act: 'log', text: 'one\ntwo' });
    await cloud.invoke('send', { act: 'refuse' });
    await until(() => lines.length === 3);
    expect(lines).toEqual([
      'send: one',
      'send: two',
      expect.stringMatching(/^send: Invoke Error .*RecipientsSuppressed/),
    ]);
  });

  test('ends a function that times out', async () => {
    const cloud = await start({ timeoutMs: 100 });
    expect(await cloud.invoke('send', { act: 'spin' })).toMatchObject({
      ok: false,
      error: { errorType: 'Sandbox.Timedout' },
    });
  });

  test('leaves nothing open when it stops, and can be stopped twice', async () => {
    const cloud = await start();
    const { lambda, ses, dynamodb, sqs, secrets, unsubscribe } = cloud.addresses;
    await Promise.all([cloud.stop(), cloud.stop()]);
    for (const url of [lambda, ses, dynamodb, sqs, secrets, unsubscribe]) await expect(fetch(url)).rejects.toThrow();
  });

  test('stands beside another', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one?.addresses.lambda).not.toBe(two?.addresses.lambda);
  });

  test('rejects a port that is taken, naming it and the remedy', async () => {
    const { addresses } = await start();
    const port = Number(new URL(addresses.lambda).port);
    await expect(start({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
      remedy: expect.stringContaining('--port'),
    });
  });
});
