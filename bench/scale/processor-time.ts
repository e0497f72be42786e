import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { functionEnvironment } from '../../local/functions/function-environment.ts';
import { bounceBody, deliveryBody, recordOf } from '../subjects/bodies.ts';

/** Milliseconds of a whole processor that an invocation of a deployed bundle takes, warm: the median of many. */
export interface ProcessorTime {
  readonly what: string;
  readonly millis: number;
}

const WARM_UP = 60;
const RUNS = 120;

/** Runs in a process of its own, so that only the function's time is counted; what a function prints is dropped. */
const CHILD = `
import { pathToFileURL } from 'node:url';
const [file, runs, warmUp] = process.argv.slice(1);
const { handler } = await import(pathToFileURL(file).href);
const context = { getRemainingTimeInMillis: () => 120000 };
process.on('message', async (events) => {
  const millis = [];
  for (let i = 0; i < Number(warmUp) + Number(runs); i += 1) {
    const event = events[i % events.length];
    const before = process.cpuUsage();
    await handler(event, context);
    const { user, system } = process.cpuUsage(before);
    if (i >= Number(warmUp)) millis.push((user + system) / 1000);
  }
  process.send(millis.sort((a, b) => a - b)[millis.length >> 1], () => process.disconnect());
});
`;

const SES_ACCEPTS = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100019b-bench-000000</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata></SendRawEmailResponse>`;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** A table in which there is nothing, that takes every write, and an SES that takes every mail. */
const startServices = async () => {
  const server = createServer(async (request, response) => {
    await bodyOf(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    response.setHeader('content-type', target === '' ? 'text/xml' : 'application/x-amz-json-1.0');
    if (target === '') response.end(SES_ACCEPTS);
    else response.end(target.endsWith('BatchGetItem') ? '{"Responses":{},"UnprocessedKeys":{}}' : '{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
};

const measure = async (name: 'feedback' | 'send', events: readonly unknown[], url: string): Promise<number> => {
  const bundle = fileURLToPath(new URL(`../../dist/${name}/index.mjs`, import.meta.url));
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', CHILD, '--', bundle, `${RUNS}`, `${WARM_UP}`],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: functionEnvironment(name, {
        dynamodb: url,
        ses: url,
        sqs: url,
        secrets: url,
        cloudwatch: url,
        sns: url,
        lambda: url,
        table: 'bench',
        messages: 'bench-messages',
        deadLetterQueue: `${url}/queue`,
        sendQueue: `${url}/queue`,
        sendDeadLetterQueue: `${url}/queue`,
        unsubscribe: url,
        unsubscribeSecret: 'bench',
        configurationSets: ['bench'],
        policy: {},
        alarmTopic: 'bench',
        streams: [],
      }),
    },
  );
  child.send(events);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the ${name} bundle ended with code ${code} before it was measured; npm run build makes it`);
  });
  const [millis] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => undefined);
  return Number(millis);
};

const batch = (size: number, bodyAt: (i: number) => string) => ({
  Records: Array.from({ length: size }, (_, i) => recordOf(String(i), bodyAt(i))),
});

const MAIL = {
  from: 'Ledger <no-reply@ledger.example>',
  to: ['Pat <pat@target.example>'],
  subject: 'Your receipt',
  text: 'Thank you for your order. Your receipt is in this mail.\r\n'.repeat(10),
  stream: 'receipts',
};

/** Measures the deployed bundles against services that answer at once; `npm run build` must have made them. */
export const processorTimes = async (): Promise<ProcessorTime[]> => {
  const services = await startServices();
  try {
    const times: ProcessorTime[] = [];
    const add = async (what: string, name: 'feedback' | 'send', events: readonly unknown[]): Promise<void> => {
      times.push({ what, millis: await measure(name, events, services.url) });
    };
    for (const size of [1, 10, 100])
      await add(`feedback, ${size} deliveries`, 'feedback', [
        batch(size, (i) => deliveryBody(i, `ok${i}@target.example`)),
      ]);
    for (const size of [1, 10, 100])
      await add(`feedback, ${size} bounces`, 'feedback', [batch(size, (i) => bounceBody(i, `pat${i}@target.example`))]);
    await add('send, one recipient', 'send', [MAIL]);
    await add('send, one recipient, with a key', 'send', [{ ...MAIL, idempotencyKey: 'order-4711' }]);
    return times;
  } finally {
    services.stop();
  }
};
