import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';

interface Version {
  text?: string;
  readonly stages: Set<string>;
}

const thrown = { $metadata: {}, message: 'as Secrets Manager says it' };

/** Secrets Manager with one secret, as far as rotation goes: versions, and the stages that point at them. */
export const fakeSecrets = (text: string) => {
  const client = new SecretsManagerClient({ region: 'eu-west-1' });
  const mock = mockClient(client);
  const versions = new Map<string, Version>([['v1', { text, stages: new Set(['AWSCURRENT']) }]]);
  let fault: Error | undefined;

  const move = (stage: string, to: string): void => {
    for (const { stages } of versions.values()) stages.delete(stage);
    const target = versions.get(to);
    if (target === undefined) throw new ResourceNotFoundException(thrown);
    target.stages.add(stage);
  };
  const read = (id: string | undefined, stage: string | undefined): string => {
    const wanted = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
    for (const [versionId, { text: held, stages }] of versions)
      if ((id ?? versionId) === versionId && (wanted === undefined || stages.has(wanted)) && held !== undefined)
        return held;
    throw new ResourceNotFoundException(thrown);
  };
  const answer = <T>(value: () => T): T => {
    if (fault !== undefined) throw fault;
    return value();
  };

  mock
    .on(GetSecretValueCommand)
    .callsFake(({ VersionId, VersionStage }) => answer(() => ({ SecretString: read(VersionId, VersionStage) })));
  mock.on(DescribeSecretCommand).callsFake(() =>
    answer(() => ({
      RotationEnabled: true,
      VersionIdsToStages: Object.fromEntries([...versions].map(([id, { stages }]) => [id, [...stages]])),
    })),
  );
  mock.on(PutSecretValueCommand).callsFake(({ ClientRequestToken, SecretString, VersionStages }) =>
    answer(() => {
      const version: Version = versions.get(ClientRequestToken) ?? { stages: new Set() };
      if (version.text !== undefined && version.text !== SecretString) throw new ResourceExistsException(thrown);
      version.text = SecretString;
      versions.set(ClientRequestToken, version);
      for (const stage of VersionStages) move(stage, ClientRequestToken);
    }),
  );
  mock.on(UpdateSecretVersionStageCommand).callsFake(({ VersionStage, MoveToVersionId, RemoveFromVersionId }) =>
    answer(() => {
      if (RemoveFromVersionId === undefined || versions.get(RemoveFromVersionId)?.stages.has(VersionStage) !== true)
        throw new Error('the stage is not on the version it is to be removed from');
      if (MoveToVersionId === undefined) versions.get(RemoveFromVersionId)?.stages.delete(VersionStage);
      else move(VersionStage, MoveToVersionId);
    }),
  );

  return {
    client,
    /** How often the text was asked for. */
    reads: () => mock.commandCalls(GetSecretValueCommand).length,
    /** From now on every request fails with this, or none. */
    fail: (error: Error | undefined) => {
      fault = error;
    },
    /** What Secrets Manager does when it begins a rotation: a version without a text. */
    stage: (id: string) => {
      versions.set(id, { stages: new Set() });
      move('AWSPENDING', id);
    },
    /** Whether a rotation is under way, so that Secrets Manager starts no other. */
    isRotating: () =>
      [...versions.values()].some(({ stages }) => stages.has('AWSPENDING') && !stages.has('AWSCURRENT')),
    current: () => read(undefined, 'AWSCURRENT'),
    text: (id: string) => versions.get(id)?.text,
    put: (replaced: string) => {
      for (const version of versions.values()) if (version.stages.has('AWSCURRENT')) version.text = replaced;
    },
  };
};
