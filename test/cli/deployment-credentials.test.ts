import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { findDeployment } from '../../cli/deployment/deployment.ts';

const NAMES = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_PROFILE', 'AWS_ACCESS_KEY_ID'] as const;
const before = NAMES.map((name) => [name, process.env[name]] as const);
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credentials-'));
  for (const name of NAMES) delete process.env[name];
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(directory, 'credentials');
  process.env.AWS_CONFIG_FILE = join(directory, 'config');
});

afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await rm(directory, { recursive: true });
});

const logIn = (key: string) =>
  writeFile(
    join(directory, 'credentials'),
    `[default]\naws_access_key_id=${key}\naws_secret_access_key=s\naws_session_token=t\n`,
  );

test('what is opened after somebody logged in again works with the new credentials', async () => {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(/Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1]);
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end('{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const key of ['FIRSTLOGIN', 'SECONDLOGIN']) {
    await logIn(key);
    const found = await findDeployment({ stack: 'Suppressor', table: 'Suppressions', region: 'eu-west-1' });
    const client = dynamoDbClient({ ...found.config('dynamodb'), endpoint });
    await client.send(new GetItemCommand({ TableName: 'Suppressions', Key: { address: { S: 'pat' } } }));
    client.destroy();
  }
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  expect(keys).toEqual(['FIRSTLOGIN', 'SECONDLOGIN']);
});
