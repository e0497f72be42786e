import { type Deployment, localDeployment, stackDeployment } from '../../cli/deployment/deployment.ts';
import { deploymentPolicy } from '../../cli/deployment/deployment-policy.ts';
import { DEFAULT_POLICY, Output } from '../../core/contract/index.ts';

const stack = (outputs: Record<string, string>): Deployment =>
  stackDeployment('Suppressor', {
    status: 'CREATE_COMPLETE',
    region: 'eu-west-1',
    outputs: new Map(Object.entries(outputs)),
  });
const never = async (): Promise<string> => {
  throw new Error('the function was asked');
};

test('is the one of the output, by defaults where that is silent', async () => {
  const policy = await deploymentPolicy(stack({ [Output.POLICY]: '{"complaintScope":"stream"}' }), never);
  expect(policy).toEqual({ ...DEFAULT_POLICY, complaintScope: 'stream' });
});

test('that is too long for an output is read of the feedback function', async () => {
  const asked: unknown[] = [];
  const policy = await deploymentPolicy(stack({ [Output.FEEDBACK_FUNCTION_NAME]: 'F1' }), async (name, config) => {
    asked.push(name, config);
    return '{"globalListHoldDays":3}';
  });
  expect(policy.globalListHoldDays).toBe(3);
  expect(asked).toEqual(['F1', { region: 'eu-west-1', ignoreCache: true }]);
});

test('is the default one where nobody was given another', async () => {
  expect(await deploymentPolicy(stack({ [Output.FEEDBACK_FUNCTION_NAME]: 'F1' }), async () => undefined)).toEqual(
    DEFAULT_POLICY,
  );
  expect(await deploymentPolicy(stack({ [Output.TABLE_NAME]: 'T1' }), never)).toEqual(DEFAULT_POLICY);
  const local = localDeployment('http://127.0.0.1:1', { dynamodb: 'http://127.0.0.1:2', table: 'local' });
  expect(await deploymentPolicy(local, never)).toEqual(DEFAULT_POLICY);
});

test.each(['{', '7', '{"unknown":1}'])('is not guessed of %s', async (text) => {
  await expect(deploymentPolicy(stack({ [Output.POLICY]: text }), never)).rejects.toMatchObject({
    code: 'PolicyUnreadable',
  });
});
