import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { startInvokeServer } from '../../local/functions/invoke-server.ts';
import type { LoopbackServer } from '../../local/http/loopback-server.ts';
import { MetricStore } from '../../local/metrics/metric-store.ts';
import { startMetricsServer } from '../../local/metrics/metrics-server.ts';
import { LocalQueue } from '../../local/queue/local-queue.ts';
import { startSqsServer } from '../../local/queue/sqs-server.ts';

const work = new LocalQueue({ name: 'work', visibilityTimeoutMs: 30_000 });
const servers: Record<string, LoopbackServer> = {};

beforeAll(async () => {
  servers.sqs = await startSqsServer([work]);
  servers.metrics = await startMetricsServer(new MetricStore());
  const nothing = { port: 0, functions: new Map(), describe: () => ({}), onFailure: () => undefined };
  servers.lambda = await startInvokeServer(nothing);
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server.stop();
});

interface Sent {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Answers of a server to a request as no client of AWS makes it. */
const ask = (server: string, { path = '/', headers = {}, body = '' }: Sent) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(servers[server]?.url ?? '');
    const sent = request({ hostname, port, path, headers, method: 'POST', agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more) => {
        text += more;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

const sqs = (operation: string, input: object): Sent => ({
  headers: { 'x-amz-target': `AmazonSQS.${operation}` },
  body: JSON.stringify({ QueueUrl: 'work', ...input }),
});
const metrics = (body: Buffer): Sent => ({
  headers: { 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData', 'content-encoding': 'gzip' },
  body,
});

test.each([
  ['a path that begins with two slashes', 'lambda', { path: '//' }, 404],
  ['an address as proxies have it', 'lambda', { path: 'http://elsewhere.example/x' }, 404],
  ['no address at all', 'lambda', { path: '*' }, 400],
  ['a name that is badly escaped', 'lambda', { path: '/2015-03-31/functions/%zz/invocations' }, 404],
  ['attributes that are a text', 'sqs', sqs('SendMessage', { MessageBody: 'x', MessageAttributes: 'x' }), 400],
  ['an attribute that is none', 'sqs', sqs('SendMessage', { MessageBody: 'x', MessageAttributes: { a: null } }), 400],
  [
    'an attribute whose value is a number',
    'sqs',
    sqs('SendMessage', { MessageBody: 'x', MessageAttributes: { a: { DataType: 'Number', StringValue: 7 } } }),
    400,
  ],
  ['a batch of nothing', 'sqs', sqs('SendMessageBatch', { Entries: [null] }), 200],
  ['what is not compressed', 'metrics', metrics(Buffer.from('x')), 400],
  ['what becomes too much', 'metrics', metrics(gzipSync(Buffer.alloc(64 * 1024 * 1024))), 400],
])('%s is answered, and the server is still there', async (_what, server, sent, status) => {
  const { status: answered, text } = await ask(server, sent);
  expect(answered).toBe(status);
  expect(text).not.toMatch(/Error:|\bat .+:\d+:\d+/);
  expect((await ask(server, {})).status).toBeGreaterThanOrEqual(400);
});
