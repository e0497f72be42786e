import type { Resource } from './fit-template.ts';

/** Settings by their names; what refers to another resource is its logical id. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The logical id a value refers to. @example referred({ 'Fn::GetAtt': ['Key', 'Arn'] }) // 'Key' */
export const referred = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const got: unknown = Reflect.get(value, 'Fn::GetAtt');
  const ref: unknown = Reflect.get(value, 'Ref');
  return typeof ref === 'string' ? ref : Array.isArray(got) ? String(got[0]) : undefined;
};

/** A value in the tree of a resource's properties; undefined where there is none. @example at(resource, 'ScalingConfig', 'MaximumConcurrency') */
const at = ({ Properties }: Resource, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    Properties,
  );

const text = (value: unknown): string | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? value.join(' ') : String(value);

const plain =
  (...names: readonly string[]) =>
  (resource: Resource): Settings =>
    Object.fromEntries(names.map((name) => [name, text(at(resource, name))]));

const redrive = (resource: Resource): Settings => ({
  deadLetters: referred(at(resource, 'RedrivePolicy', 'deadLetterTargetArn')),
  maxReceiveCount: text(at(resource, 'RedrivePolicy', 'maxReceiveCount')),
});

/** Types whose settings decide whether feedback or mail is lost, and what is wanted of each. */
const TYPES: Readonly<Record<string, (resource: Resource) => Settings>> = {
  'AWS::SQS::Queue': (queue) => ({
    ...plain('VisibilityTimeout', 'MessageRetentionPeriod', 'MaximumMessageSize', 'SqsManagedSseEnabled')(queue),
    ...redrive(queue),
  }),
  'AWS::SNS::Subscription': redrive,
  'AWS::Lambda::Function': plain('Runtime', 'Architectures', 'Handler', 'MemorySize', 'Timeout'),
  'AWS::Lambda::EventSourceMapping': (mapping) => ({
    ...plain('BatchSize', 'FunctionResponseTypes')(mapping),
    MaximumConcurrency: text(at(mapping, 'ScalingConfig', 'MaximumConcurrency')),
  }),
  'AWS::Lambda::EventInvokeConfig': (config) => ({
    ...plain('MaximumRetryAttempts')(config),
    onFailure: referred(at(config, 'DestinationConfig', 'OnFailure', 'Destination')),
  }),
};

/** What a template says of a resource; undefined for a type that is not looked at. */
export const wantedSettings = (resource: Resource): Settings | undefined => TYPES[resource.Type]?.(resource);

/**
 * What is not as it is wanted; settings the template leaves out may be anything.
 *
 * @example differences({ Timeout: '30' }, { Timeout: '3' }) // ['Timeout is 3, should be 30']
 */
export const differences = (wanted: Settings, found: Settings): string[] =>
  Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined || value === found[name] ? [] : [`${name} is ${found[name] ?? 'not set'}, should be ${value}`],
  );
