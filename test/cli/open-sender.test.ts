import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CliError } from '../../cli/cli-error.ts';
import { openSender } from '../../cli/deployment/open-sender.ts';

let server: Server;
let url: string;
let answer: { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };
let asked: { readonly path: string; readonly body: string }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      if (request.method === 'GET') {
        const ready = { event: 'ready', lambda: url, dynamodb: url, table: 'Suppressions' };
        response.end(JSON.stringify(ready));
        return;
      }
      asked.push({ path: request.url ?? '', body });
      response.writeHead(answer.status, answer.headers ?? {}).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = async (request: object = { to: ['a@b.example'] }) => {
  const sender = await openSender({ stack: 'Suppressor', endpoint: url });
  try {
    return await sender.send(request);
  } finally {
    sender.close();
  }
};
const failing = (body: string) => ({ status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: CliError) => error.code,
  );

test('gives the request to the send function, once, and its answer back', async () => {
  const suppressed = [{ address: 'a@b.example', reason: 'complaint', given: 'A@b.example', scope: '*' }];
  answer = { status: 200, body: JSON.stringify({ status: 'suppressed', messageId: null, suppressed }) };
  expect(await send({ to: ['a@b.example'] })).toEqual({
    ok: true,
    status: 'suppressed',
    suppressed: [{ address: 'a@b.example', reason: 'complaint' }],
  });
  expect(asked).toEqual([{ path: '/2015-03-31/functions/send/invocations', body: '{"to":["a@b.example"]}' }]);
});

test('tells the error of the function by its code', async () => {
  const told = { code: 'SenderNotVerified', message: 'not verified', retryable: false, remedy: 'Verify it.' };
  answer = failing(JSON.stringify({ errorType: told.code, errorMessage: JSON.stringify(told), trace: [] }));
  expect(await send()).toEqual({ ok: false, code: told.code, message: told.message, remedy: told.remedy });
});

test('tells errors of Lambda’s own, and such that are none', async () => {
  answer = failing(JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out\u001b[2J' }));
  expect(await send()).toMatchObject({
    ok: false,
    code: 'Sandbox.Timedout',
    message: expect.not.stringContaining('\u001b'),
  });
  answer = failing('gone');
  expect(await send()).toMatchObject({ ok: false, code: 'FunctionFailed', message: 'gone' });
});

test.each([
  ['an answer it cannot read', { status: 200, body: '{"status":"maybe"}' }, 'AnswerUnreadable'],
  [
    'a function that is gone',
    {
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
      body: '{"Message":"Function not found"}',
    },
    'FunctionNotFound',
  ],
  [
    'a call that is not allowed',
    { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{"Message":"not authorized"}' },
    'AccessDenied',
  ],
  [
    'a fault of Lambda, which it does not repeat',
    { status: 500, headers: { 'x-amzn-errortype': 'ServiceException' }, body: '{"Message":"fault"}' },
    'AwsFailed',
  ],
])('says so of %s', async (_what, given, code) => {
  answer = given;
  expect(await codeOf(send())).toBe(code);
  expect(asked).toHaveLength(1);
});
