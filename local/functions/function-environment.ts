import { devNull } from 'node:os';
import { Env, type PolicyInput } from '../../core/contract/index.ts';
import { REGION } from '../arn.ts';

export interface FunctionSurroundings {
  readonly dynamodb: string;
  readonly ses: string;
  readonly sqs: string;
  readonly table: string;
  readonly deadLetterQueueUrl: string;
  readonly configurationSets: readonly [string, ...string[]];
  readonly policy: PolicyInput;
}

/**
 * The environment variables of a local function: what the stack sets, and the local endpoints. Nothing comes from this
 * process, and the user's AWS configuration is out of reach.
 */
export const functionEnvironment = (name: string, around: FunctionSurroundings): Record<string, string> => ({
  [Env.TABLE]: around.table,
  [Env.DEAD_LETTER_QUEUE]: around.deadLetterQueueUrl,
  [Env.LOG_KEY]: 'local-log-key',
  [Env.CONFIGURATION_SET]: around.configurationSets[0],
  [Env.CONFIGURATION_SETS]: around.configurationSets.join(','),
  [Env.POLICY]: JSON.stringify(around.policy),
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: around.dynamodb,
  AWS_ENDPOINT_URL_SES: around.ses,
  AWS_ENDPOINT_URL_SQS: around.sqs,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: name,
});
