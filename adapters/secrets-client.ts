import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';

/**
 * A Secrets Manager client that gives up within three seconds or so: whoever asks waits for a page, or holds a mail back.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const secretsClient = (config: SecretsManagerClientConfig = {}): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
    ...config,
  });

/**
 * The text of a secret's current version.
 *
 * @throws what the SDK throws; an error if the secret holds no text
 */
export const readSecret = async (client: SecretsManagerClient, secretId: string): Promise<string> => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString === undefined) throw new Error('the secret holds bytes where text belongs');
  return SecretString;
};
