import { Agent } from 'node:http';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { MAIL, mailerAt } from './mailer-harness.ts';

const closedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

test('tries four times to reach an SES that refuses connections, then says that nothing left', async () => {
  const { mailer, pauses } = mailerAt(`http://127.0.0.1:${await closedPort()}`);
  await expect(mailer.send(MAIL, 60_000)).resolves.toMatchObject({
    ok: false,
    error: { code: 'SesUnreachable', retryable: true, message: expect.stringContaining('ECONNREFUSED') },
  });
  expect(pauses).toEqual([200, 400, 800]);
});

test('says that nothing left when no connection was opened in time', async () => {
  const connecting = Object.assign(new Socket(), { connecting: true });
  const { mailer } = mailerAt('http://127.0.0.1:9', {
    requestHandler: {
      connectionTimeout: 20,
      httpAgent: Object.assign(new Agent(), { createConnection: () => connecting }),
    },
  });
  await expect(mailer.send(MAIL, 0)).resolves.toMatchObject({
    ok: false,
    error: { code: 'SesUnreachable', retryable: true, message: expect.stringContaining('did not establish') },
  });
  expect(connecting.destroyed).toBe(true);
});

test('says that nothing left when there are no credentials', async () => {
  const { mailer, pauses } = mailerAt('http://127.0.0.1:9', {
    credentials: async () => {
      throw Object.assign(new Error('Could not load credentials from any providers'), {
        name: 'CredentialsProviderError',
      });
    },
  });
  await expect(mailer.send(MAIL, 60_000)).resolves.toMatchObject({
    ok: false,
    error: { code: 'SesUnreachable', remedy: expect.stringContaining('credentials') },
  });
  expect(pauses).toEqual([]);
});
