import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import type { LoopbackServer } from '../../../local/http/loopback-server.ts';
import { LocalSecret } from '../../../local/secrets/local-secret.ts';
import { startSecretsServer } from '../../../local/secrets/secrets-server.ts';

const NEXT = '11111111-2222-3333-4444-555555555555';
let secret: LocalSecret;
let server: LoopbackServer;
let client: SecretsManagerClient;

beforeEach(async () => {
  secret = new LocalSecret('keys', 'first');
  server = await startSecretsServer([secret]);
  client = new SecretsManagerClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const read = async (VersionStage?: string) => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: 'keys', VersionStage }));
  return SecretString;
};

describe('The Secrets Manager endpoint, asked by the real client', () => {
  test.each(['keys', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:keys-local0'])(
    'gives the value of %s',
    async (SecretId) => {
      expect(await client.send(new GetSecretValueCommand({ SecretId }))).toMatchObject({
        ARN: secret.arn,
        Name: 'keys',
        SecretString: 'first',
        VersionId: expect.any(String),
        VersionStages: ['AWSCURRENT'],
      });
    },
  );

  test('rotates: a pending version becomes the current one, and the one before can still be read', async () => {
    const pending = {
      SecretId: 'keys',
      ClientRequestToken: NEXT,
      SecretString: 'second',
      VersionStages: ['AWSPENDING'],
    };
    await client.send(new PutSecretValueCommand(pending));
    await client.send(new PutSecretValueCommand(pending));
    expect(await Promise.all([read(), read('AWSPENDING')])).toEqual(['first', 'second']);
    await expect(client.send(new PutSecretValueCommand({ ...pending, SecretString: 'another' }))).rejects.toMatchObject(
      { name: 'ResourceExistsException' },
    );
    const { VersionId: RemoveFromVersionId } = await client.send(new GetSecretValueCommand({ SecretId: 'keys' }));
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'keys',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: NEXT,
        RemoveFromVersionId,
      }),
    );
    expect(await Promise.all([read(), read('AWSPREVIOUS')])).toEqual(['second', 'first']);
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'keys' }));
    expect(VersionIdsToStages?.[NEXT]).toEqual(expect.arrayContaining(['AWSPENDING', 'AWSCURRENT']));
  });

  test('gives a new version at once where no stage is named', async () => {
    await client.send(new PutSecretValueCommand({ SecretId: 'keys', SecretString: 'second' }));
    expect(await Promise.all([read(), read('AWSPREVIOUS')])).toEqual(['second', 'first']);
  });

  test('rejects a secret, a version or an operation that is not there', async () => {
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'nothing' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(read('AWSPENDING')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new CreateSecretCommand({ Name: 'more' }))).rejects.toThrow('CreateSecret');
  });
});
