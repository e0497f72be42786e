import { devNull } from 'node:os';
import { DEFAULT_BREAKER, Env, type PolicyInput } from '../../core/contract/index.ts';
import { REGION } from '../arn.ts';
import type { LocalFunction } from './local-function.ts';

/** Where everything is that functions talk to, and their settings. */
export interface FunctionSurroundings {
  readonly dynamodb: string;
  readonly ses: string;
  readonly sqs: string;
  readonly secrets: string;
  readonly cloudwatch: string;
  readonly sns: string;
  readonly table: string;
  readonly messages: string;
  readonly deadLetterQueue: string;
  readonly sendQueue: string;
  readonly sendDeadLetterQueue: string;
  readonly unsubscribe: string;
  readonly unsubscribeSecret: string;
  readonly configurationSets: readonly [string, ...string[]];
  readonly policy: PolicyInput;
  /** Those that are counted. */
  readonly streams: readonly string[];
  /** ARN of the topic that alarms go to. */
  readonly alarmTopic: string;
  /** Address of the invoke API. */
  readonly lambda: string;
}

type Variables = Readonly<Record<string, string>>;

/** What the stack sets, function by function: one that is told more here than there would work here alone. */
const SETTINGS: Readonly<Record<LocalFunction, (around: FunctionSurroundings) => Variables>> = {
  feedback: (around) => ({
    [Env.DEAD_LETTER_QUEUE]: around.deadLetterQueue,
    [Env.MESSAGES_TABLE]: around.messages,
  }),
  send: (around) => sending(around),
  queue: (around) => ({
    ...sending(around),
    [Env.SEND_QUEUE]: around.sendQueue,
    [Env.SEND_DEAD_LETTER_QUEUE]: around.sendDeadLetterQueue,
  }),
  unsubscribe: (around) => unsubscribing(around),
  breaker: (around) => ({
    [Env.BREAKER]: JSON.stringify({ ...DEFAULT_BREAKER, volume: 'Delivery' }),
    [Env.CONFIGURATION_SET]: around.configurationSets[0],
    [Env.MESSAGES_TABLE]: around.messages,
    [Env.ALARM_TOPIC]: around.alarmTopic,
    [Env.COMMAND_OPTIONS]: `--endpoint ${around.lambda}`,
  }),
};

const sending = (around: FunctionSurroundings): Variables => ({
  [Env.CONFIGURATION_SET]: around.configurationSets[0],
  [Env.CONFIGURATION_SETS]: around.configurationSets.join(','),
  ...(around.streams.length === 0 ? {} : { [Env.STREAMS]: around.streams.join(',') }),
  [Env.MESSAGES_TABLE]: around.messages,
  ...unsubscribing(around),
});

const unsubscribing = (around: FunctionSurroundings): Variables => ({
  [Env.UNSUBSCRIBE_URL]: around.unsubscribe,
  [Env.UNSUBSCRIBE_SECRET]: around.unsubscribeSecret,
});

/**
 * The environment variables of a local function: what the stack sets, and the local endpoints. Nothing comes from this
 * process, and the user's AWS configuration is out of reach.
 */
export const functionEnvironment = (name: LocalFunction, around: FunctionSurroundings): Record<string, string> => ({
  [Env.TABLE]: around.table,
  [Env.LOG_KEY]: 'local-log-key',
  [Env.POLICY]: JSON.stringify(around.policy),
  ...SETTINGS[name](around),
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: around.dynamodb,
  AWS_ENDPOINT_URL_SES: around.ses,
  AWS_ENDPOINT_URL_SESV2: around.ses,
  AWS_ENDPOINT_URL_SQS: around.sqs,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: around.secrets,
  AWS_ENDPOINT_URL_CLOUDWATCH: around.cloudwatch,
  AWS_ENDPOINT_URL_SNS: around.sns,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: name,
});
