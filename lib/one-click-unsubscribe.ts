import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Grant, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Env, type PolicyInput } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { passPolicy } from './policy-variable.ts';
import type { SuppressionTable } from './suppression-table.ts';
import { SuppressorFunction } from './suppressor-function.ts';
import { requireWhole } from './whole-number.ts';

/** Options of {@link OneClickUnsubscribe}. */
export interface OneClickUnsubscribeProps {
  /** The list that unsubscribes are written to. */
  readonly table: SuppressionTable;
  /**
   * Invocations at the same time that strangers can cause at most, and that nothing else can take away: a whole number
   * from 1 to 1000. Lambda refuses a number that leaves the account too few for everything else.
   *
   * @default - as many as the account has left
   */
  readonly reservedConcurrency?: number;
  /**
   * Days between rotations of the key, 1 to 1000. Replaced keys stay in the secret: a link is good for 90 days after its
   * key was replaced.
   *
   * @default 90
   */
  readonly rotationDays?: number;
  /**
   * Other Regions that make links too: each gets a copy of the secret, which is priced like one.
   *
   * @default - none
   */
  readonly replicaRegions?: readonly string[];
  /**
   * What the rules of the decision table leave open.
   *
   * @default - every default of `policySchema`
   */
  readonly policy?: PolicyInput;
}

/** The secret holds a hundred replaced keys, so one a day for the 90 days they are needed; Secrets Manager's own most. */
const ROTATION_DAYS = { least: 1, most: 1000 };

/**
 * One-click unsubscribe (RFC 8058): a public address that takes the POST of a mail program or of a person, and a key in
 * Secrets Manager that signs the links, rotated. Whoever has a link can unsubscribe one address from one stream.
 *
 * The function address is new if this construct is made anew, and links in mails that were sent before then lead nowhere.
 *
 * @example
 * const unsubscribe = new OneClickUnsubscribe(this, 'Unsubscribe', { table });
 * new GuardedSender(this, 'Sender', { table, feedback, unsubscribe, senders: ['@ledger.example'] });
 */
export class OneClickUnsubscribe extends Construct {
  /** Takes unsubscribes. */
  public readonly function: SuppressorFunction;
  /** Holds the key that signs, and those before it whose links are still good. */
  public readonly secret: Secret;
  /** Where links lead: `https://….lambda-url.….on.aws/`. */
  public readonly url: string;

  /** @throws if reservedConcurrency or rotationDays are out of range */
  constructor(scope: Construct, id: string, props: OneClickUnsubscribeProps) {
    super(scope, id);
    const { reservedConcurrency, rotationDays = 90, replicaRegions = [] } = props;
    requireWhole('unsubscribe.rotationDays', rotationDays, ROTATION_DAYS.least, ROTATION_DAYS.most);
    if (reservedConcurrency !== undefined)
      requireWhole('unsubscribe.reservedConcurrency', reservedConcurrency, 1, 1000);
    this.secret = new Secret(this, 'Key', {
      description: 'Signs the unsubscribe links of ses-suppressor',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ id: 'first' }),
        generateStringKey: 'key',
        passwordLength: 64,
        excludePunctuation: true,
      },
      // The address that links lead to goes with the stack, so the key is of no use without it.
      removalPolicy: RemovalPolicy.DESTROY,
      ...(replicaRegions.length === 0 ? {} : { replicaRegions: replicaRegions.map((region) => ({ region })) }),
    });
    this.rotate(rotationDays);
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'unsubscribe',
      description: 'Takes one-click unsubscribes from mail programs and people',
      timeout: Duration.seconds(10),
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    });
    acknowledge(this.function, {
      'Serverless-LambdaDLQ': 'It is only asked by its address, and whoever asks hears at once that it failed.',
    });
    this.url = this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    props.table.grantRecord(this.function);
    this.grantKey(this.function);
    passPolicy(this.function, props.policy);
  }

  /**
   * Lets a function make links: `secretsmanager:GetSecretValue`, `SUPPRESSOR_UNSUBSCRIBE_URL` and
   * `SUPPRESSOR_UNSUBSCRIBE_SECRET`.
   */
  public grantLinks(fn: LambdaFunction): Grant {
    fn.addEnvironment(Env.UNSUBSCRIBE_URL, this.url);
    return this.grantKey(fn);
  }

  private grantKey(fn: LambdaFunction): Grant {
    fn.addEnvironment(Env.UNSUBSCRIBE_SECRET, this.secret.secretArn);
    return this.allow(fn, ['secretsmanager:GetSecretValue']);
  }

  private allow(grantee: LambdaFunction, actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.secret.secretArn] });
  }

  /** Not `secret.addRotationSchedule()`: it adds random passwords for any secret, and a policy to the secret. */
  private rotate(days: number): void {
    const fn = new SuppressorFunction(this, 'Rotation', {
      bundle: 'rotation',
      description: 'Makes the next key that signs unsubscribe links',
      timeout: Duration.minutes(1),
    });
    acknowledge(fn, {
      'Serverless-LambdaDLQ':
        'Secrets Manager invokes it and tries a rotation that failed again; until then the key in use stays.',
    });
    this.allow(fn, [
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ]);
    fn.addPermission('BySecretsManager', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
    });
    const schedule = new CfnRotationSchedule(this, 'RotationSchedule', {
      secretId: this.secret.secretArn,
      rotationLambdaArn: fn.functionArn,
      rotationRules: { scheduleExpression: `rate(${days} days)` },
    });
    // The first rotation starts as soon as there is a schedule: the function must be invocable and permitted by then.
    schedule.node.addDependency(fn);
    if (fn.role !== undefined) schedule.node.addDependency(fn.role);
  }
}
