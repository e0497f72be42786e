import {
  InvocationType,
  InvokeCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { bundleUrl } from '../../../local/functions/bundle.ts';
import { type FailedInvocation, onFailureRecord } from '../../../local/functions/failed-invocation.ts';
import { FunctionPool } from '../../../local/functions/function-pool.ts';
import { startInvokeServer } from '../../../local/functions/invoke-server.ts';
import type { LoopbackServer } from '../../../local/http/loopback-server.ts';
import { functionsAt } from '../fixtures/functions-at.ts';

const logs: string[] = [];
const failures: FailedInvocation[] = [];
let pool: FunctionPool;
let server: LoopbackServer;
let client: LambdaClient;

beforeAll(async () => {
  const definition = {
    name: 'send',
    file: await bundleUrl(functionsAt('scripted'), 'send'),
    env: { AWS_REGION: 'us-east-1', MARK: 'mine' },
    timeoutMs: 1000,
    onLog: (line: string) => logs.push(line),
  };
  pool = new FunctionPool(definition, 2);
  server = await startInvokeServer({
    port: 0,
    functions: new Map([['send', pool]]),
    describe: () => ({ event: 'ready' }),
    onFailure: (one) => failures.push(one),
  });
  client = new LambdaClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await pool.stop();
  await server.stop();
});

const invoke = (event: unknown, more: Partial<InvokeCommandInput> = {}) =>
  client.send(new InvokeCommand({ FunctionName: 'send', Payload: Buffer.from(JSON.stringify(event)), ...more }));

const payload = ({ Payload }: InvokeCommandOutput) => JSON.parse(Buffer.from(Payload ?? []).toString());

describe('The invoke API, asked by the real client', () => {
  test('answers what the function answers', async () => {
    const answer = await invoke({ act: 'echo', text: 'Grüße' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(payload(answer)).toEqual({ act: 'echo', text: 'Grüße' });
    expect(payload(await invoke({ act: 'nothing' }))).toBeNull();
  });

  test.each([
    'send:$LATEST',
    '123456789012:function:send',
    'arn:aws:lambda:us-east-1:123456789012:function:send',
    'arn:aws:lambda:us-east-1:123456789012:function:send:live',
  ])('knows the function as %s', async (FunctionName) => {
    expect(payload(await invoke({ act: 'echo' }, { FunctionName }))).toEqual({ act: 'echo' });
  });

  test('needs no signature', async () => {
    const url = `${server.url}/2015-03-31/functions/send/invocations`;
    const response = await fetch(url, { method: 'POST', body: '{"act":"echo"}' });
    expect(await response.json()).toEqual({ act: 'echo' });
  });

  test('gives the function a context', async () => {
    const answer = await invoke({ act: 'context' });
    expect(payload(answer)).toEqual({
      awsRequestId: answer.$metadata.requestId,
      functionName: 'send',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:send',
      remaining: expect.any(Number),
    });
    expect(payload(answer).remaining).toBeGreaterThan(0);
    expect(payload(answer).remaining).toBeLessThanOrEqual(1000);
  });

  test('gives the function an environment of its own and nothing of this one', async () => {
    process.env.LOCAL_TEST_SECRET = 'not for functions';
    const environment = payload(await invoke({ act: 'environment' }));
    delete process.env.LOCAL_TEST_SECRET;
    expect(environment).toEqual({ AWS_REGION: 'us-east-1', MARK: 'mine' });
  });

  test('reports what the function throws: name, message and stack', async () => {
    const answer = await invoke({ act: 'throw' });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(payload(answer)).toEqual({
      errorType: 'TypeError',
      errorMessage: 'no such thing',
      trace: expect.arrayContaining(['TypeError: no such thing']),
    });
  });

  test('reports no stack where the error has none', async () => {
    expect(payload(await invoke({ act: 'refuse' }))).toEqual({
      errorType: 'RecipientsSuppressed',
      errorMessage: '{"code":"RecipientsSuppressed"}',
      trace: [],
    });
  });

  test.each([
    ['throw-text', 'string', 'just a text'],
    ['circular', 'Runtime.MarshalError', 'Unable to stringify response body'],
    ['exit', 'Runtime.ExitError', expect.stringContaining('Runtime exited with error: exit status 3')],
    ['crash', 'RangeError', 'outside the handler'],
    ['spin', 'Sandbox.Timedout', expect.stringContaining('Task timed out after 1.00 seconds')],
  ])('survives a function that ends by "%s"', async (act, errorType, errorMessage) => {
    const answer = await invoke({ act });
    expect(answer.FunctionError).toBe('Unhandled');
    expect(payload(answer)).toMatchObject({ errorType, errorMessage });
    expect(payload(await invoke({ act: 'echo' }))).toEqual({ act: 'echo' });
  });

  test('lets invocations beyond the pool wait, and runs one event at a time in each environment', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => invoke({ act: 'wait', ms: 500 })));
    const spans: { started: number; ended: number }[] = answers.map(payload);
    const mostAtOnce = Math.max(
      ...spans.map(({ started }) => spans.filter((other) => other.started <= started && started < other.ended).length),
    );
    expect(mostAtOnce).toBe(2);
  });

  test('starts an event in the background, or only says that it could', async () => {
    const before = logs.length;
    const event = await invoke({ act: 'log', text: 'from the background' }, { InvocationType: InvocationType.Event });
    const dryRun = await invoke({ act: 'log', text: 'never' }, { InvocationType: InvocationType.DryRun });
    expect([event.StatusCode, dryRun.StatusCode]).toEqual([202, 204]);
    while (logs.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(logs.slice(before)).toEqual(['from the background']);
  });

  test('tells of an event that failed, once, as an on-failure destination is told', async () => {
    const event = { act: 'refuse', to: 'Grüße' };
    const before = Date.now();
    const { $metadata } = await invoke(event, { InvocationType: InvocationType.Event });
    while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const records = failures.splice(0).map(onFailureRecord);
    expect(records).toEqual([
      {
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        requestContext: {
          requestId: $metadata.requestId,
          functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:send:$LATEST',
          condition: 'RetriesExhausted',
          approximateInvokeCount: 1,
        },
        requestPayload: event,
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: {
          errorType: 'RecipientsSuppressed',
          errorMessage: '{"code":"RecipientsSuppressed"}',
          trace: expect.any(Array),
        },
      },
    ]);
    const { timestamp } = records[0] as { timestamp: string };
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before);
    await invoke(event);
    await invoke({ act: 'echo' }, { InvocationType: InvocationType.Event });
    await invoke({ act: 'echo' });
    expect(failures).toEqual([]);
  });

  test('rejects a function it does not have', async () => {
    await expect(invoke({}, { FunctionName: 'nobody' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('rejects a payload that is not JSON', async () => {
    await expect(invoke({}, { Payload: Buffer.from('{') })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('rejects a payload that is too large, at 1 MB already for an event', async () => {
    const tooLarge = { name: 'RequestTooLargeException', $metadata: { httpStatusCode: 413 } };
    await expect(invoke('x'.repeat(6 * 1024 * 1024))).rejects.toMatchObject(tooLarge);
    await expect(invoke('x'.repeat(1024 * 1024), { InvocationType: InvocationType.Event })).rejects.toMatchObject(
      tooLarge,
    );
  });

  test('reports an answer that is too large', async () => {
    expect(payload(await invoke({ act: 'large', bytes: 6 * 1024 * 1024 }))).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });

  test('tells at its root where everything is, and rejects any other path', async () => {
    expect(await (await fetch(server.url)).json()).toEqual({ event: 'ready' });
    expect((await fetch(`${server.url}/2015-03-31/functions/send`)).status).toBe(404);
  });
});

describe('A function that cannot be loaded', () => {
  test.each([
    ['throws while it loads', 'data:text/javascript,throw new SyntaxError("bad bundle")', 'SyntaxError'],
    ['exports no handler', 'data:text/javascript,export const main = 1', 'Runtime.HandlerNotFound'],
    ['is not there', 'file:///nowhere/index.mjs', 'Error'],
  ])('because it %s answers an error each time', async (_why, file, errorType) => {
    const broken = new FunctionPool({ name: 'send', file, env: {}, timeoutMs: 1000, onLog: () => undefined }, 1);
    await broken.warm();
    for (const _call of [1, 2]) expect(await broken.invoke('{}')).toMatchObject({ ok: false, error: { errorType } });
    await broken.stop();
  });

  test('rejects a directory without its bundle, naming file and remedy', async () => {
    await expect(bundleUrl(functionsAt('nowhere'), 'send')).rejects.toMatchObject({
      code: 'FUNCTION_MISSING',
      message: expect.stringContaining('nowhere/send/index.mjs'),
      remedy: expect.stringContaining('npm run build'),
    });
  });
});

describe('A pool that is stopped', () => {
  test('fails what it was running, what was waiting and what comes later', async () => {
    const file = await bundleUrl(functionsAt('scripted'), 'send');
    const stopped = new FunctionPool({ name: 'send', file, env: {}, timeoutMs: 5000, onLog: () => undefined }, 1);
    await stopped.warm();
    const calls = [1, 2].map(() => stopped.invoke('{"act":"wait","ms":4000}'));
    await stopped.stop();
    const outcomes = await Promise.all([...calls, stopped.invoke('{"act":"echo"}')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, false, false]);
  });
});
