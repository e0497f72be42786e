import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  paginateListTables,
} from '@aws-sdk/client-dynamodb';
import { tableShape } from '../../../adapters/table-shape.ts';
import { NotHereLocally, type Tables } from '../ports.ts';

const notHere = (): Promise<never> => Promise.reject(new NotHereLocally('the local DynamoDB keeps all in memory'));

/** DynamoDB's tables in the Region of the client. */
export const realTables = (client: DynamoDBClient, local: boolean): Tables => ({
  shape: tableShape(client),
  async names() {
    const names: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
    return names;
  },
  async otherRegions(name) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    const here = await client.config.region();
    return (Table?.Replicas ?? []).flatMap(({ RegionName = here }) => (RegionName === here ? [] : [RegionName])).sort();
  },
  ...(local
    ? { deletionProtection: notHere, expiryAttribute: notHere, pointInTimeRecovery: notHere }
    : {
        async deletionProtection(name) {
          const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
          return Table?.DeletionProtectionEnabled ?? false;
        },
        async expiryAttribute(name) {
          const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
          const { TimeToLiveStatus: status = '', AttributeName = null } = TimeToLiveDescription ?? {};
          return ['ENABLED', 'ENABLING'].includes(status) ? AttributeName : null;
        },
        async pointInTimeRecovery(name) {
          const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName: name }));
          const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
          return recovery?.PointInTimeRecoveryStatus === 'ENABLED';
        },
      }),
});
