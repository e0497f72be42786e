import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  type AttributeValue,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT } from '../../local/arn.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import { claim } from './acceptance-error.ts';

/** How a function answered. */
export type Invoked =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** A resource of a deployed stack. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
}

/** The error of a function of this project is JSON in its message. */
const failure = (text: string): Invoked => {
  const { errorType = '', errorMessage = text } = JSON.parse(text) as { errorType?: string; errorMessage?: string };
  try {
    const { code, message } = JSON.parse(errorMessage) as { code: string; message: string };
    return { ok: false, code, message };
  } catch {
    return { ok: false, code: errorType, message: errorMessage };
  }
};

/** Clients of the cloud that is deployed to, and what the steps ask of it. */
export class Cloud {
  readonly formation: CloudFormationClient;
  readonly watch: CloudWatchClient;
  readonly dynamo: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly secrets: SecretsManagerClient;
  /** Its own SES: what the deployment has set up there. */
  readonly ses: SESv2Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly #config: DynamoDBClientConfig;

  /** @param ca - the certificate to trust */
  constructor(endpoint: string, ca: string) {
    const config = {
      ...DUMMY_CREDENTIALS,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'acceptance' },
      endpoint,
      requestHandler: { httpsAgent: { ca }, connectionTimeout: 3000, requestTimeout: 60_000 },
    };
    this.#config = config;
    this.formation = new CloudFormationClient(config);
    this.watch = new CloudWatchClient(config);
    this.dynamo = new DynamoDBClient(config);
    this.lambda = new LambdaClient(config);
    this.secrets = new SecretsManagerClient(config);
    this.ses = new SESv2Client(config);
    this.sns = new SNSClient(config);
    this.sqs = new SQSClient(config);
  }

  close(): void {
    for (const client of [
      this.formation,
      this.watch,
      this.dynamo,
      this.lambda,
      this.secrets,
      this.ses,
      this.sns,
      this.sqs,
    ])
      client.destroy();
  }

  /** Reaches the tables as somebody else. The caller destroys it. */
  dynamoAs(credentials: NonNullable<DynamoDBClientConfig['credentials']>): DynamoDBClient {
    return new DynamoDBClient({ ...this.#config, credentials });
  }

  /** Invokes a function once and waits for its answer. */
  async invoke(FunctionName: string, event: unknown): Promise<Invoked> {
    const { Payload, FunctionError } = await this.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    const text = Payload?.transformToString() ?? '';
    return FunctionError === undefined ? { ok: true, value: text === '' ? null : JSON.parse(text) } : failure(text);
  }

  /** Publishes to a topic. */
  publish(TopicArn: string, Message: string, Subject?: string): Promise<unknown> {
    return this.sns.send(new PublishCommand({ TopicArn, Message, ...(Subject && { Subject }) }));
  }

  /** The environment of a function. */
  async environmentOf(FunctionName: string): Promise<Readonly<Record<string, string>>> {
    const { Environment } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return Environment?.Variables ?? {};
  }

  /** One item of the suppression table, read consistently. */
  async entry(
    TableName: string,
    address: string,
    scope = '*',
  ): Promise<Readonly<Record<string, AttributeValue>> | undefined> {
    const Key = { address: { S: address }, scope: { S: scope } };
    return (await this.dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  }

  /** All items of a table. */
  async items(TableName: string): Promise<readonly Readonly<Record<string, AttributeValue>>[]> {
    const found: Record<string, AttributeValue>[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.dynamo.send(
        new ScanCommand({ TableName, ConsistentRead: true, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
      );
      found.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return found;
  }

  async queueAttributes(QueueUrl: string): Promise<Readonly<Partial<Record<QueueAttributeName, string>>>> {
    const { Attributes = {} } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    return Attributes;
  }

  /** Messages in a queue, those in flight and delayed ones included. */
  async queueSize(url: string): Promise<number> {
    const found = await this.queueAttributes(url);
    return [
      found.ApproximateNumberOfMessages,
      found.ApproximateNumberOfMessagesNotVisible,
      found.ApproximateNumberOfMessagesDelayed,
    ].reduce((sum, count) => sum + Number(count ?? 0), 0);
  }

  /** The resources of a stack that exists. */
  async resources(StackName: string): Promise<readonly DeployedResource[]> {
    const { StackResources = [] } = await this.formation.send(new DescribeStackResourcesCommand({ StackName }));
    return StackResources.map((each) => ({
      logicalId: each.LogicalResourceId ?? '',
      physicalId: each.PhysicalResourceId ?? '',
      type: each.ResourceType ?? '',
      status: each.ResourceStatus ?? '',
    }));
  }

  /** The status of a stack; null if there is none. */
  async stackStatus(StackName: string): Promise<string | null> {
    try {
      const { Stacks = [] } = await this.formation.send(new DescribeStacksCommand({ StackName }));
      return Stacks[0]?.StackStatus ?? null;
    } catch (error) {
      if (error instanceof Error && error.message.includes('does not exist')) return null;
      throw error;
    }
  }
}

/**
 * Asks again until it holds.
 *
 * @param look - undefined: not yet
 * @param otherwise - what to say when it does not come true
 * @throws ClaimFailed after the patience is over
 */
export const eventually = async <T>(
  look: () => Promise<T | undefined> | T | undefined,
  otherwise: string | (() => string),
  patienceMs = 30_000,
): Promise<T> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    claim(Date.now() < deadline, typeof otherwise === 'string' ? otherwise : otherwise());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
