import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ACCOUNT, REGION } from '../../../local/arn.ts';
import { claim } from '../acceptance-error.ts';
import type { Ministack } from '../ministack.ts';
import type { Stage } from '../stage.ts';

const LOOKUP = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-lookup-role-${ACCOUNT}-${REGION}`;

/** Assumes the role of `cdk bootstrap` that may only look. No client here speaks to STS, and ministack asks for no signature there. */
const assumeLookup = async (ministack: Ministack) => {
  const { body } = await ministack.request({
    path: '/',
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/${REGION}/sts/aws4_request, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `Action=AssumeRole&Version=2011-06-15&RoleSessionName=acceptance&RoleArn=${encodeURIComponent(LOOKUP)}`,
  });
  const read = (tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(body)?.[1] ?? '';
  const accessKeyId = read('AccessKeyId');
  claim(accessKeyId !== '', `the role of cdk bootstrap should be assumed, but: ${body.slice(0, 200)}`);
  return { accessKeyId, secretAccessKey: read('SecretAccessKey'), sessionToken: read('SessionToken') };
};

/** That ministack refuses what no policy allows: else nothing that works there proves a policy of the stack. */
export const enforcement = async (stage: Stage): Promise<string> => {
  const { ministack, cloud } = stage.parts;
  const stranger = cloud.dynamoAs(await assumeLookup(ministack));
  try {
    const Item = { address: { S: 'stranger@target.example' }, scope: { S: '*' } };
    const refusal = await stranger.send(new PutItemCommand({ TableName: stage.output('TableName'), Item })).then(
      () => 'it is written',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    claim(
      refusal.startsWith('AccessDenied'),
      `a role that may only look should not write into the table, but: ${refusal}`,
    );
  } finally {
    stranger.destroy();
  }
  const plain = await fetch(ministack.url.replace('https:', 'http:')).then(
    () => 'answered',
    () => 'refused',
  );
  claim(plain === 'refused', `a request without TLS should be refused, but is ${plain}`);
  return 'a role that may only look may not write into the table; without TLS nobody is answered';
};
