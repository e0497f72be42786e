import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { putTo } from '../../../lambda/wiring/put.ts';

const listening = async (statuses: number[]) => {
  const seen: { method: string | undefined; type: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method, type: request.headers['content-type'], body });
    response.writeHead(statuses[seen.length - 1] ?? 200).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=secret`;
  return { url, seen, close: () => new Promise((done) => server.close(done)) };
};

const noWait = async () => undefined;

test('puts the body with an empty content type, which is part of what CloudFormation signed', async () => {
  const { url, seen, close } = await listening([200]);
  await putTo(url, '{"Status":"SUCCESS"}', noWait);
  await close();
  expect(seen).toEqual([{ method: 'PUT', type: '', body: '{"Status":"SUCCESS"}' }]);
});

test('tries again, with longer and longer waits', async () => {
  const { url, seen, close } = await listening([500, 503, 200]);
  const waits: number[] = [];
  await putTo(url, '{}', async (ms) => void waits.push(ms));
  await close();
  expect([seen.length, waits]).toEqual([3, [500, 2000]]);
});

test('fails in the end, without showing the signed URL', async () => {
  const { url, close } = await listening([500, 500, 500, 500]);
  const failure: unknown = await putTo(url, '{}', noWait).catch((error: unknown) => error);
  await close();
  expect(failure).toMatchObject({ message: 'CloudFormation could not be answered' });
  expect((failure as Error).cause).toMatchObject({ message: "CloudFormation's bucket answered 500" });
  expect(String((failure as Error).stack)).not.toContain('secret');
});
