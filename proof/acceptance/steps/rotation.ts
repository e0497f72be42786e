import { randomUUID } from 'node:crypto';
import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { claim } from '../acceptance-error.ts';
import { STACK } from '../cdk.ts';
import type { Stage } from '../stage.ts';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

interface Keys {
  readonly id: string;
  readonly retired?: readonly { readonly id: string }[];
}

/**
 * Plays the part of Secrets Manager, whose rotation is an empty form in ministack: hands the deployed function the four
 * steps of one rotation.
 */
export const rotation = async ({ standing, parts: { cloud } }: Stage): Promise<string> => {
  const schedule = Object.values(standing?.original.Resources ?? {}).find(
    ({ Type }) => Type === 'AWS::SecretsManager::RotationSchedule',
  );
  const { SecretId, RotationLambdaARN } = (schedule?.Properties ?? {}) as {
    SecretId?: { Ref: string };
    RotationLambdaARN?: { 'Fn::GetAtt': readonly [string, string] };
  };
  const resources = await cloud.resources(STACK);
  const physical = (id: string | undefined) => resources.find(({ logicalId }) => logicalId === id)?.physicalId ?? '';
  const { ARN: secret = '' } = await cloud.secrets.send(
    new DescribeSecretCommand({ SecretId: physical(SecretId?.Ref) }),
  );
  const name = physical(RotationLambdaARN?.['Fn::GetAtt'][0]);
  claim(secret !== '' && name !== '', 'the template should rotate a secret that is deployed');
  const read = async (): Promise<Keys> => {
    const { SecretString = '' } = await cloud.secrets.send(new GetSecretValueCommand({ SecretId: secret }));
    return JSON.parse(SecretString) as Keys;
  };
  const before = await read();
  const ClientRequestToken = randomUUID();
  // an empty version that is pending: so a rotation begins
  await cloud.secrets.send(
    new PutSecretValueCommand({ SecretId: secret, ClientRequestToken, VersionStages: ['AWSPENDING'] }),
  );
  for (const Step of STEPS) {
    const done = await cloud.invoke(name, { SecretId: secret, ClientRequestToken, Step });
    claim(done.ok, `${Step} should be done, but ${done.ok ? '' : `${done.code}: ${done.message}`}`);
  }
  const after = await read();
  claim(after.id !== before.id, 'a new key should sign, but the old one still does');
  const kept = after.retired?.some(({ id }) => id === before.id) ?? false;
  claim(kept, 'the old key should still verify, but is gone');
  return 'the four steps of Secrets Manager, by hand: a new key signs, the old one still verifies';
};
