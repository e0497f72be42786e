import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Env, MessagesTable as Names } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * What is remembered of sends for 30 days: idempotency keys with their answers, Message-IDs, and the rate that all
 * functions share. Billed on demand, without backups, and gone with the stack: nothing in it is needed for longer, and
 * a copy from yesterday would say of mails sent since that they were not.
 *
 * @example
 * const messages = new MessagesTable(this, 'Messages');
 * const feedback = new FeedbackPipeline(this, 'Feedback', { table, messages });
 * new GuardedSender(this, 'Sender', { table, feedback, messages, senders: ['@ledger.example'] });
 */
export class MessagesTable extends Construct {
  /** The table itself, for permissions of your own. */
  public readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: Names.ID, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: Names.EXPIRES_AT,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.table, {
      'AwsSolutions-DDB3':
        'Nothing in it is needed for longer than 30 days, and a restored copy would not know the newest sends: an idempotency key used since would mail a second time.',
    });
  }

  /** Lets a function remember Message-IDs, and tells it the table in `SUPPRESSOR_MESSAGES_TABLE`. */
  public grantRemember(fn: LambdaFunction): Grant {
    return this.bind(fn, ['dynamodb:BatchWriteItem']);
  }

  /** Lets a function send once a key, and remember Message-IDs, see {@link grantRemember}. */
  public grantOnce(fn: LambdaFunction): Grant {
    return this.bind(fn, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']);
  }

  /** Lets a function settle sends of unknown outcome, and tells it the table in `SUPPRESSOR_MESSAGES_TABLE`. */
  public grantSettle(fn: LambdaFunction): Grant {
    return this.bind(fn, ['dynamodb:BatchGetItem', 'dynamodb:PutItem']);
  }

  /** Lets a function share the account's rate with others, and tells it the table in `SUPPRESSOR_MESSAGES_TABLE`. */
  public grantPace(fn: LambdaFunction): Grant {
    return this.bind(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem']);
  }

  /** Lets a function remember who paused sending, and tells it the table in `SUPPRESSOR_MESSAGES_TABLE`. */
  public grantBreaker(fn: LambdaFunction): Grant {
    return this.bind(fn, ['dynamodb:GetItem', 'dynamodb:PutItem']);
  }

  private bind(fn: LambdaFunction, actions: string[]): Grant {
    fn.addEnvironment(Env.MESSAGES_TABLE, this.table.tableName);
    return Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [this.table.tableArn] });
  }
}
