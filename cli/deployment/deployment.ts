import { Output } from '../../core/contract/index.ts';
import { CliError } from '../cli-error.ts';
import { type LocalAddresses, localAddresses } from './local-addresses.ts';
import { type StackOutputs, stackOutputs } from './stack-outputs.ts';
import type { Target } from './target.ts';

/** The key of an output of the stack. */
export type OutputKey = (typeof Output)[keyof typeof Output];

/** Services a local cloud may have; `ses` speaks both versions of the API at one address. */
export type Service = 'cloudwatch' | 'dynamodb' | 'lambda' | 'ses' | 'sqs';

/** What any client of the AWS SDK takes; nothing in it: as the SDK finds it. */
export interface ClientConfig {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The SDK reads the files of credentials anew: what runs for long must see that somebody logged in again. */
  readonly ignoreCache?: true;
}

/** A deployment that was found: a stack, a local cloud, or no more than a table's name. */
export interface Deployment {
  /** As messages name it: `the stack "Suppressor"`. */
  readonly name: string;
  readonly local: boolean;
  /** Undefined where only a table was named: as the AWS SDK finds it. */
  readonly region: string | undefined;
  /** CloudFormation's word for the stack, such as `UPDATE_COMPLETE`; absent where there is no stack. */
  readonly status?: string;
  output(key: OutputKey): string | undefined;
  /** @throws CliError `DeploymentLacks`, or the code given, with the remedy */
  need(key: OutputKey, remedy: string, code?: string): string;
  /** @throws CliError `NotInLocalCloud` where a local cloud has no such service */
  config(service: Service): ClientConfig;
}

/** What clients that work with a person's own credentials begin with. */
const own = (region: string | undefined): ClientConfig => ({
  ignoreCache: true,
  ...(region !== undefined && { region }),
});

/** A local cloud is never shown a person's own credentials. */
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** A local cloud lets anybody send; this is whom its own examples send as. */
const LOCAL_SENDERS = 'no-reply@ledger.example';

const localOutputs = (local: LocalAddresses): Map<OutputKey, string> => {
  const outputs: readonly (readonly [OutputKey, string | undefined])[] = [
    [Output.REGION, LOCAL.region],
    [Output.TABLE_NAME, local.table],
    [Output.MESSAGES_TABLE_NAME, local.messages],
    [Output.FEEDBACK_QUEUE_URL, local.queue],
    [Output.DEAD_LETTER_QUEUE_URL, local.deadLetterQueue],
    [Output.SEND_QUEUE_URL, local.sendQueue],
    [Output.SEND_DEAD_LETTER_QUEUE_URL, local.sendDeadLetterQueue],
    [Output.FAILED_SENDS_QUEUE_URL, local.failedSends],
    [Output.TOPIC_ARN, local.topic],
    [Output.CONFIGURATION_SET_NAME, local.configurationSet],
    [Output.UNSUBSCRIBE_URL, local.unsubscribe],
    [Output.POLICY, local.policy],
    [Output.STREAMS, local.streams?.join(' ') || undefined],
    [Output.FEEDBACK_FUNCTION_NAME, 'feedback'],
    [Output.SEND_FUNCTION_NAME, 'send'],
    [Output.SENDERS, LOCAL_SENDERS],
    [Output.BREAKER_FUNCTION_NAME, 'breaker'],
    [Output.ALARM_TOPIC_ARN, local.alarmTopic],
  ];
  return new Map(outputs.filter((pair): pair is [OutputKey, string] => pair[1] !== undefined));
};

const needed =
  (name: string, outputs: ReadonlyMap<string, string>) =>
  (key: OutputKey, remedy: string, code = 'DeploymentLacks'): string => {
    const value = outputs.get(key);
    if (value !== undefined) return value;
    throw new CliError(code, `${name} has no output ${key}`, remedy);
  };

/** A local cloud, from what it says of itself. */
export const localDeployment = (endpoint: string, local: LocalAddresses): Deployment => {
  const name = `the local cloud at ${endpoint}`;
  const outputs = localOutputs(local);
  return {
    name,
    local: true,
    region: LOCAL.region,
    output: (key) => outputs.get(key),
    need: needed(name, outputs),
    config: (service) => {
      const address = service === 'lambda' ? (local.lambda ?? endpoint) : local[service];
      if (address !== undefined) return { ...LOCAL, endpoint: address };
      throw new CliError('NotInLocalCloud', `${name} has no ${service}`, 'Start it again from this checkout.');
    },
  };
};

/** A stack, from its outputs. */
export const stackDeployment = (stack: string, { status, region, outputs }: StackOutputs): Deployment => {
  const name = `the stack "${stack}" (${status})`;
  return {
    name,
    local: false,
    region,
    status,
    output: (key) => outputs.get(key),
    need: needed(name, outputs),
    config: () => own(region),
  };
};

/** Nothing but tables, by the names that options give. */
const namedTables = ({ table, messagesTable, region }: Target): Deployment | undefined => {
  if (table === undefined && messagesTable === undefined) return undefined;
  const name = `the table "${table ?? messagesTable}"`;
  const outputs = new Map<OutputKey, string>();
  if (table !== undefined) outputs.set(Output.TABLE_NAME, table);
  if (messagesTable !== undefined) outputs.set(Output.MESSAGES_TABLE_NAME, messagesTable);
  return {
    name,
    local: false,
    region,
    output: (key) => outputs.get(key),
    need: needed(name, outputs),
    config: () => own(region),
  };
};

/** The same deployment, but for what options name themselves. */
const withNamed = (found: Deployment, named: Deployment | undefined): Deployment =>
  named === undefined
    ? found
    : {
        ...found,
        output: (key) => named.output(key) ?? found.output(key),
        need: (key, remedy, code) => named.output(key) ?? found.need(key, remedy, code),
      };

/**
 * Finds a deployment: a local cloud by its address, tables by their names, or a stack by its outputs, which are read
 * once.
 *
 * @throws CliError `StackNotFound`, `EndpointUnreachable`, `EndpointNotLocal`, or what AWS refused
 * @example (await findDeployment({ stack: 'Suppressor' })).output(Output.TABLE_NAME)
 */
export const findDeployment = async (target: Target): Promise<Deployment> => {
  const { stack, region, endpoint } = target;
  const named = namedTables(target);
  if (endpoint !== undefined) return withNamed(localDeployment(endpoint, await localAddresses(endpoint)), named);
  return named ?? stackDeployment(stack, await stackOutputs(stack, own(region)));
};
