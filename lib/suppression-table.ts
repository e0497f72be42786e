import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Attribute, Env, RecentIndex } from '../core/contract/index.ts';
import { TableCheck } from './table-check.ts';

/** An existing table to go on with. */
export interface AdoptedTable {
  /** Its name, in the stack's region and account. */
  readonly name: string;
}

/** Options of {@link SuppressionTable}. */
export interface SuppressionTableProps {
  /**
   * An existing table, made by an earlier `SuppressionTable`; its keys are checked at each deployment.
   *
   * @default - a new table, on demand, that outlives the stack
   */
  readonly table?: AdoptedTable;
  /**
   * Other Regions that get a copy to read, of a new table; DynamoDB adds and removes one a deployment. An adopted table
   * keeps the copies it has.
   *
   * @default - none
   */
  readonly replicaRegions?: readonly string[];
  /**
   * Whether the table is the copy of one that is written in another Region: nothing here is let write it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * The suppression list: who may not be mailed, in which scope, why and until when.
 *
 * A new table is billed on demand, has point-in-time recovery and deletion protection, stays when the stack goes, and
 * deletes by itself what has expired long ago. An adopted one keeps the settings it has.
 *
 * @example
 * const list = new SuppressionTable(this, 'Suppressions');
 * list.grantCheck(myOwnSender); // may ask, and knows the name from SUPPRESSOR_TABLE
 */
export class SuppressionTable extends Construct {
  /** The table itself, for permissions of your own. */
  public readonly table: ITableV2 | TableV2;

  readonly #readOnly: boolean;

  /**
   * @throws if the name of the table to adopt is not one DynamoDB allows, or replicas are asked for where they cannot be
   * made
   */
  constructor(scope: Construct, id: string, props: SuppressionTableProps = {}) {
    super(scope, id);
    this.#readOnly = props.readOnly ?? false;
    if (props.table === undefined) {
      this.table = this.create(props.replicaRegions ?? []);
      return;
    }
    const { name } = props.table;
    if (!/^[A-Za-z0-9_.-]{3,255}$/.test(name))
      throw new Error(`table.name must be 3 to 255 letters, digits, "_", "-" or ".", got: ${name}; give no ARN`);
    this.table = TableV2.fromTableName(this, 'Table', name);
    new TableCheck(this, 'Check', { table: this.table });
  }

  /** Lets a function ask for entries, and tells it the table: `dynamodb:BatchGetItem` and `SUPPRESSOR_TABLE`. */
  public grantCheck(fn: LambdaFunction): Grant {
    return this.bind(fn, ['dynamodb:BatchGetItem']);
  }

  /**
   * Lets a function ask for and write entries: `BatchGetItem`, `PutItem` and `SUPPRESSOR_TABLE`.
   *
   * @throws if the table is a copy
   */
  public grantRecord(fn: LambdaFunction): Grant {
    if (this.#readOnly)
      throw new Error(
        `the list is written in its home Region only, got: ${fn.node.path} for the copy ${this.node.path}; ` +
          'two writers lose what one of them was told: have that function write at home',
      );
    return this.bind(fn, ['dynamodb:BatchGetItem', 'dynamodb:PutItem']);
  }

  /** `table.grant()` would add the index to the resources, and nobody here reads the index. */
  private bind(fn: LambdaFunction, actions: string[]): Grant {
    fn.addEnvironment(Env.TABLE, this.table.tableName);
    return Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [this.table.tableArn] });
  }

  private create(replicaRegions: readonly string[]): TableV2 {
    requireReplicas(replicaRegions, Stack.of(this).region);
    return new TableV2(this, 'Table', {
      partitionKey: text(Attribute.ADDRESS),
      sortKey: text(Attribute.SCOPE),
      billing: Billing.onDemand(),
      timeToLiveAttribute: Attribute.EXPIRES_AT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // A copy has nothing that the table lacks, so it needs no backup, and must go when its Region is taken out.
      ...(replicaRegions.length === 0
        ? {}
        : {
            replicas: replicaRegions.map((region) => ({
              region,
              deletionProtection: false,
              pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
            })),
          }),
      globalSecondaryIndexes: [
        {
          indexName: RecentIndex.NAME,
          partitionKey: text(RecentIndex.PARTITION_KEY),
          sortKey: text(RecentIndex.SORT_KEY),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...RecentIndex.PROJECTED],
        },
      ],
    });
  }
}

const requireReplicas = (regions: readonly string[], home: string): void => {
  if (regions.length === 0) return;
  if (Token.isUnresolved(home))
    throw new Error(
      `regions need a home Region that is known at synth, got: ${regions.join(', ')} without it; set region in the configuration, or CDK_DEFAULT_REGION`,
    );
  if (regions.includes(home))
    throw new Error(`regions are those beside the home Region, got: ${home}, which is home; leave it out`);
};
