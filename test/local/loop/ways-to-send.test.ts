import { type LocalCloud, startLocalCloud } from '../../../local/cloud.ts';
import { type LoopbackServer, serveOnLoopback } from '../../../local/http/loopback-server.ts';
import type { LoopEvent } from '../../../local/loop/loop-event.ts';
import { trySending } from '../../../local/loop/ways-to-send.ts';

jest.setTimeout(30_000);

let cloud: LocalCloud;
let proxy: LoopbackServer | undefined;

beforeEach(async () => {
  cloud = await startLocalCloud({ delays: [1, 10] });
});
afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
  await cloud.stop();
});

/** The same cloud, but for an invoke API that loses a field of each request. */
async function losing(field: string): Promise<LocalCloud> {
  proxy = await serveOnLoopback(
    async ({ url, body }) => {
      const request = JSON.stringify({ ...JSON.parse(body.toString()), [field]: undefined });
      const response = await fetch(new URL(url.pathname, cloud.addresses.lambda), { method: 'POST', body: request });
      return { status: response.status, body: await response.text() };
    },
    { maxBytes: 1_000_000 },
  );
  return { ...cloud, addresses: { ...cloud.addresses, lambda: proxy.url } };
}

const run = async (on: LocalCloud) => {
  const events: LoopEvent[] = [];
  const failure = await trySending(on, { said: [], report: (event) => events.push(event), patienceMs: 10_000 }).catch(
    (error) => error,
  );
  return { failure, steps: events.map((event) => event.event === 'way' && event.step) };
};

describe('The further ways of sending', () => {
  test('all work with the deployed bundles', async () => {
    expect(await run(cloud)).toEqual({ failure: undefined, steps: ['attachment', 'repeat', 'queue', 'unsubscribe'] });
  });

  test.each([
    ['attachments', 'attachment', 'SES should get receipt.pdf, it got 0 files'],
    ['idempotencyKey', 'repeat', 'SES should get one mail, it got 2'],
    ['unsubscribe', 'unsubscribe', 'List-Unsubscribe-Post should offer it, got: undefined'],
  ])('fail at the step that a request without %s breaks', async (field, step, message) => {
    const { failure } = await run(await losing(field));
    expect(failure).toMatchObject({ code: 'LOOP_OPEN', step });
    expect(failure.message).toContain(message);
  });

  test('fail at the queue when it does not deliver twice', async () => {
    cloud.sendQueue.loseDeletes = () => undefined;
    const { failure } = await run(cloud);
    expect(failure).toMatchObject({ step: 'queue', message: expect.stringContaining('it did 1 times') });
  });
});
