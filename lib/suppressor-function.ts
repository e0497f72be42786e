import { Aws, type Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Env } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { type BundleName, bundle } from './bundles.ts';

/** What distinguishes one function of this project from another. */
export interface SuppressorFunctionProps {
  /** The bundle it runs. */
  readonly bundle: BundleName;
  /** One sentence for the console. */
  readonly description: string;
  /** The longest an invocation may take. */
  readonly timeout: Duration;
  /**
   * Megabytes, and with them processor: 1,769 are a whole one.
   *
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * Invocations at the same time: at most that many, and always that many.
   *
   * @default - shared with the account
   */
  readonly reservedConcurrency?: number;
}

/**
 * A function as all of this project are: Node 24 on arm64, 256 MB unless it needs more, the built bundle, a role with nothing but its own
 * log group (a month, gone with the stack), and `SUPPRESSOR_LOG_KEY`. Constructs grant it the rest.
 *
 * The log key is the GUID of the stack: addresses in logs are hashed with it, so two deployments' logs cannot be
 * joined. It is no secret to whoever may read the stack, who may read the table too.
 */
export class SuppressorFunction extends LambdaFunction {
  /** Where it logs: JSON lines and metrics in CloudWatch's embedded format. */
  public readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: SuppressorFunctionProps) {
    const code = bundle(scope, props.bundle);
    const logs = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logs.grantWrite(role);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      memorySize: props.memorySize ?? 256,
      code,
      description: props.description,
      timeout: props.timeout,
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      role,
      logGroup: logs,
      environment: {
        POWERTOOLS_SERVICE_NAME: `ses-suppressor-${props.bundle}`,
        [Env.LOG_KEY]: Fn.select(2, Fn.split('/', Aws.STACK_ID)),
      },
    });
    this.logs = logs;
    acknowledge(this, {
      'Serverless-LambdaTracing':
        'No tracer is bundled: it would be a seventh of the send bundle, and one log line and one metric an invocation say what a trace would.',
    });
  }
}
