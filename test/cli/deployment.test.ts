import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CliError } from '../../cli/cli-error.ts';
import { awsFault } from '../../cli/deployment/aws-fault.ts';
import { findDeployment, stackDeployment } from '../../cli/deployment/deployment.ts';
import { localAddresses } from '../../cli/deployment/local-addresses.ts';
import { openList } from '../../cli/deployment/open-list.ts';
import { openMessages } from '../../cli/deployment/open-messages.ts';
import { stackOutputs } from '../../cli/deployment/stack-outputs.ts';
import { Output } from '../../core/contract/index.ts';

let server: Server;
let answer: { readonly status: number; readonly body: string };
let url: string;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: CliError) => error.code,
  );

describe('a stack', () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const stacks = (outputs: string) =>
    `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>Suppressor</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  const output = (name: string, value: string) =>
    `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`;
  const refusal = (code: string, message: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const find = async () => {
    const outputs = await stackOutputs('Suppressor', {
      endpoint: url,
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
    });
    return stackDeployment('Suppressor', outputs);
  };

  test('names its table in its outputs', async () => {
    answer = { status: 200, body: stacks(output('SesRegion', 'eu-central-1') + output('TableName', 'Suppressor-T1')) };
    const found = await find();
    expect(found.output(Output.TABLE_NAME)).toBe('Suppressor-T1');
    expect(found.config('ses')).toEqual({ region: 'eu-central-1', ignoreCache: true });
    expect(asked[0]).toContain('StackName=Suppressor');
  });

  test('is missed by name and Region', async () => {
    answer = { status: 400, body: refusal('ValidationError', 'Stack with id Suppressor does not exist') };
    await expect(find()).rejects.toMatchObject({
      code: 'StackNotFound',
      message: 'there is no stack "Suppressor" in eu-central-1',
      exit: 1,
    });
  });

  test('of another kind is told from one that lacks something', async () => {
    answer = { status: 200, body: stacks(output('Bucket', 'x')) };
    const found = await find();
    expect(found.output(Output.TABLE_NAME)).toBeUndefined();
    expect(() => found.need(Output.TABLE_NAME, 'Name it.', 'StackHasNoTable')).toThrow(
      expect.objectContaining({
        code: 'StackHasNoTable',
        message: 'the stack "Suppressor" (CREATE_COMPLETE) has no output TableName',
        remedy: 'Name it.',
      }),
    );
  });

  test.each([
    ['ExpiredToken', 'CredentialsRefused'],
    ['InvalidClientTokenId', 'CredentialsRefused'],
    ['AccessDenied', 'AccessDenied'],
    ['Throttling', 'AwsThrottled'],
    ['Weird', 'AwsFailed'],
  ])('that answers %s fails with %s', async (name, code) => {
    answer = { status: 400, body: refusal(name, 'no') };
    expect(await codeOf(find())).toBe(code);
  });
});

describe('a local cloud', () => {
  test('says where its table is', async () => {
    const ready = {
      event: 'ready',
      lambda: url,
      ses: url,
      dynamodb: 'http://127.0.0.1:9',
      console: null,
      table: 'local',
    };
    answer = { status: 200, body: JSON.stringify(ready) };
    expect(await localAddresses(url)).toEqual({
      dynamodb: 'http://127.0.0.1:9',
      lambda: url,
      ses: url,
      table: 'local',
    });
    expect(asked).toEqual(['GET / ']);
    const opened = await openList({ stack: 'Suppressor', endpoint: url });
    expect(opened.table).toBe('local');
    opened.close();
  });

  test('says where it remembers sends, if it does', async () => {
    const ready = { event: 'ready', dynamodb: 'http://127.0.0.1:9', table: 'local' };
    answer = { status: 200, body: JSON.stringify({ ...ready, messages: 'local-messages' }) };
    const opened = await openMessages({ stack: 'Suppressor', endpoint: url });
    expect(opened.table).toBe('local-messages');
    opened.close();
    answer = { status: 200, body: JSON.stringify(ready) };
    expect(await codeOf(openMessages({ stack: 'Suppressor', endpoint: url }))).toBe('NoMessagesTable');
  });

  test('is asked for its services, and says which it has not', async () => {
    answer = { status: 200, body: JSON.stringify({ event: 'ready', dynamodb: url, ses: url, table: 'local' }) };
    const found = await findDeployment({ stack: 'Suppressor', endpoint: url, table: 'other' });
    expect(found.output(Output.TABLE_NAME)).toBe('other');
    expect(found.config('ses')).toMatchObject({ endpoint: url, credentials: { accessKeyId: 'local' } });
    expect(found.config('lambda')).toMatchObject({ endpoint: url });
    expect(() => found.config('sqs')).toThrow(expect.objectContaining({ code: 'NotInLocalCloud' }));
  });

  test('has the outputs a stack has, of what there is', async () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:suppressor-local-feedback';
    const ready = { event: 'ready', dynamodb: url, table: 'local', failedSends: `${url}/failed-sends`, topic };
    answer = { status: 200, body: JSON.stringify(ready) };
    const found = await findDeployment({ stack: 'Suppressor', endpoint: url });
    expect(found.output(Output.FAILED_SENDS_QUEUE_URL)).toBe(`${url}/failed-sends`);
    expect(found.output(Output.TOPIC_ARN)).toBe(topic);
    expect(found.output(Output.UNDELIVERED_QUEUE_URL)).toBeUndefined();
  });

  test.each(['', '<html>', '[]', '{"event":"ready"}', '{"event":"ready","dynamodb":"x","table":"y"}'])(
    'is not what answers %j',
    async (body) => {
      answer = { status: 200, body };
      expect(await codeOf(localAddresses(url))).toBe('EndpointNotLocal');
    },
  );

  test('that does not answer is told with the reason', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    await expect(localAddresses(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'EndpointUnreachable',
      message: `http://127.0.0.1:${port} does not answer (ECONNREFUSED)`,
      remedy: expect.stringContaining('npm start'),
    });
  });
});

test.each([
  [new Error('Region is missing'), 'NoRegion'],
  [Object.assign(new Error('x'), { name: 'CredentialsProviderError' }), 'NoCredentials'],
  [Object.assign(new Error('x'), { name: 'ResourceNotFoundException' }), 'TableNotFound'],
  [
    Object.assign(new Error('The provided key element does not match the schema'), { name: 'ValidationException' }),
    'NotASuppressionTable',
  ],
  [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'AwsUnreachable'],
  ['just text', 'ListUnreadable'],
])('gives the fault %p the code %s and a remedy', (fault, code) => {
  const { code: given, remedy, exit } = awsFault(fault);
  expect({ given, exit }).toEqual({ given: code, exit: 1 });
  expect(remedy).not.toBe('');
});
