import {
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { GetSubscriptionAttributesCommand } from '@aws-sdk/client-sns';
import type { Cloud, DeployedResource } from './cloud.ts';
import type { Resource } from './fit-template.ts';
import { referred, type Settings } from './wanted-settings.ts';

/** The last part of an ARN, an address or a name: what all three have in common. */
const nameOf = (id: string): string => id.split(/[:/]/).at(-1) ?? id;

/** Reads settings of a deployed resource by the call of its service, under the names of `wantedSettings`. */
export const foundSettings = async (
  cloud: Cloud,
  resource: DeployedResource,
  inTemplate: Resource,
  all: readonly DeployedResource[],
): Promise<Settings> => {
  const logical = (arn: string | undefined): string | undefined =>
    arn === undefined ? undefined : all.find(({ physicalId }) => nameOf(physicalId) === nameOf(arn))?.logicalId;
  const redrive = (policy: string | undefined): Settings => {
    const read = policy ? (JSON.parse(policy) as { deadLetterTargetArn?: string; maxReceiveCount?: unknown }) : {};
    return {
      deadLetters: logical(read.deadLetterTargetArn),
      maxReceiveCount: read.maxReceiveCount === undefined ? undefined : String(read.maxReceiveCount),
    };
  };
  const { physicalId } = resource;
  switch (resource.type) {
    case 'AWS::SQS::Queue': {
      const found = await cloud.queueAttributes(physicalId);
      return { ...found, ...redrive(found.RedrivePolicy) };
    }
    case 'AWS::SNS::Subscription': {
      const { Attributes = {} } = await cloud.sns.send(
        new GetSubscriptionAttributesCommand({ SubscriptionArn: physicalId }),
      );
      return redrive(Attributes.RedrivePolicy);
    }
    case 'AWS::Lambda::Function': {
      const found = await cloud.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: physicalId }));
      const { Runtime, Handler, Architectures, MemorySize, Timeout } = found;
      return {
        Runtime,
        Handler,
        Architectures: Architectures?.join(' '),
        MemorySize: String(MemorySize),
        Timeout: String(Timeout),
      };
    }
    case 'AWS::Lambda::EventSourceMapping': {
      const found = await cloud.lambda.send(new GetEventSourceMappingCommand({ UUID: physicalId }));
      return {
        BatchSize: String(found.BatchSize),
        FunctionResponseTypes: found.FunctionResponseTypes?.join(' '),
        MaximumConcurrency: found.ScalingConfig && String(found.ScalingConfig.MaximumConcurrency),
      };
    }
    case 'AWS::Lambda::EventInvokeConfig': {
      const id = referred(inTemplate.Properties?.FunctionName);
      const FunctionName = all.find(({ logicalId }) => logicalId === id)?.physicalId;
      const found = await cloud.lambda.send(
        new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: '$LATEST' }),
      );
      return {
        MaximumRetryAttempts: String(found.MaximumRetryAttempts),
        onFailure: logical(found.DestinationConfig?.OnFailure?.Destination),
      };
    }
    default:
      return {};
  }
};
