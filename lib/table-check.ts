import { CustomResource, Duration } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type TableCheckProperties, WiringResource } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { deploymentId } from './deployment-id.ts';
import { SuppressorFunction } from './suppressor-function.ts';

/** What the check needs. */
export interface TableCheckProps {
  /** The table to look at. */
  readonly table: Pick<ITableV2, 'tableName' | 'tableArn'>;
}

/**
 * Fails the deployment, with the remedy, if an adopted table lacks the keys or the index this project relies on: its
 * first write would fail otherwise, after the first bounce. Runs at each deployment and may only describe that table.
 */
export class TableCheck extends Construct {
  constructor(scope: Construct, id: string, props: TableCheckProps) {
    super(scope, id);
    const { table } = props;
    const fn = new SuppressorFunction(this, 'Function', {
      bundle: 'wiring',
      description: 'Checks the keys of the adopted suppression table at each deployment',
      timeout: Duration.minutes(1),
    });
    Grant.addToPrincipal({ grantee: fn, actions: ['dynamodb:DescribeTable'], resourceArns: [table.tableArn] });
    acknowledge(fn, {
      'Serverless-LambdaDLQ': 'Only CloudFormation invokes it, and reports what fails.',
    });
    new CustomResource(this, 'Resource', {
      resourceType: WiringResource.TABLE_CHECK,
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { TableName: table.tableName, Deployment: deploymentId(this) } satisfies TableCheckProperties,
    });
  }
}
