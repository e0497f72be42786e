import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';

/** The stage of the version in use, and of the one that a rotation prepares. */
export const CURRENT = 'AWSCURRENT';
export const PENDING = 'AWSPENDING';

/** The versions of one secret, as rotation sees them. */
export interface SecretVersions {
  /** The stages of each version, by its id. */
  stages(secretId: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The text in use. */
  current(secretId: string): Promise<string>;
  /** The text that is prepared under this version; undefined if there is none yet. */
  pending(secretId: string, versionId: string): Promise<string | undefined>;
  /** Prepares a text; the same again changes nothing. */
  prepare(secretId: string, versionId: string, text: string): Promise<void>;
  /** Puts a version into use instead of another. */
  promote(secretId: string, versionId: string, insteadOf: string | undefined): Promise<void>;
  /** Lets go of a text that was prepared, so that another rotation may start. */
  abandon(secretId: string, versionId: string): Promise<void>;
}

/** @throws what the SDK throws, from every method */
export const secretVersions = (client: SecretsManagerClient): SecretVersions => ({
  async stages(SecretId) {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    return new Map(Object.entries(VersionIdsToStages));
  },
  async current(SecretId) {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, VersionStage: CURRENT }));
    return SecretString ?? '';
  },
  async pending(SecretId, VersionId) {
    try {
      const asked = { SecretId, VersionId, VersionStage: PENDING };
      return (await client.send(new GetSecretValueCommand(asked))).SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
  async prepare(SecretId, ClientRequestToken, SecretString) {
    await client.send(
      new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages: [PENDING] }),
    );
  },
  async abandon(SecretId, RemoveFromVersionId) {
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: PENDING, RemoveFromVersionId }));
  },
  async promote(SecretId, MoveToVersionId, RemoveFromVersionId) {
    const moved = { SecretId, VersionStage: CURRENT, MoveToVersionId };
    await client.send(
      new UpdateSecretVersionStageCommand(
        RemoveFromVersionId === undefined ? moved : { ...moved, RemoveFromVersionId },
      ),
    );
  },
});
