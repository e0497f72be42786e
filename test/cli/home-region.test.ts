import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { openList } from '../../cli/deployment/open-list.ts';
import { DEFAULT_POLICY, Output } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { known, PAT_KEY, piece, START } from '../core/entries.ts';
import { cli, type Given } from './harness.ts';

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** CloudFormation, of which one stack is known. */
const cloudFormation = async (outputs: Readonly<Record<string, string>>): Promise<Server> => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const body = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>Suppressor</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/xml' }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
};

/** Opens the list of a stack with these outputs. */
const opened = async (outputs: Readonly<Record<string, string>>) => {
  const server = await cloudFormation(outputs);
  const before = { ...process.env };
  Object.assign(process.env, ENVIRONMENT, {
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  try {
    return await openList({ stack: 'Suppressor', region: 'us-east-1' });
  } finally {
    process.env = before;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};

const AT_HOME = { [Output.REGION]: 'eu-west-1', [Output.TABLE_NAME]: 'List' };
const entry = known(piece('hard-bounce', START));
const refusal = {
  code: 'NotTheHomeRegion',
  message: 'the list is written in eu-west-1, and "List" is a copy of it',
  remedy: 'Run it with --region eu-west-1.',
  exit: 1,
};

test('the stack of another Region says where its list is written, and what is opened of it cannot be written', async () => {
  const list = await opened({ ...AT_HOME, [Output.REGION]: 'us-east-1', [Output.HOME_REGION]: 'eu-west-1' });
  expect([list.table, list.home]).toEqual(['List', 'eu-west-1']);
  await expect(list.ledger.write(entry, derive(entry, DEFAULT_POLICY), undefined)).rejects.toMatchObject(refusal);
  await expect(list.ledger.delete(PAT_KEY)).rejects.toMatchObject(refusal);
  list.close();
});

test('a list that is written where its stack is has no other home', async () => {
  const list = await opened(AT_HOME);
  expect(list.home).toBeUndefined();
  list.close();
});

describe('a command on the copy', () => {
  const ledger = new MemoryLedger();
  const copy: Given = {
    files: { 'list.csv': 'address,reason\npat@target.example,BOUNCE\n', 'feedback.json': '[]' },
    overrides: {
      openList: async () => ({
        table: 'List',
        policy: DEFAULT_POLICY,
        ledger,
        home: 'eu-west-1',
        close: () => undefined,
      }),
    },
  };

  test.each([
    ['import', ['import', 'list.csv', '--map', 'address=address,reason=reason']],
    ['replay', ['replay', 'feedback.json', '--yes']],
  ])('that would write, %s, is refused before it does anything, with the Region to give', async (_name, args) => {
    const { exit, err } = await cli(args, copy);
    expect(err).toContain('the list is written in eu-west-1, and "List" is a copy of it');
    expect(err).toContain('Run it with --region eu-west-1.');
    expect(exit).toBe(1);
    expect(ledger.writes).toBe(0);
  });

  test('that reads works as ever', async () => {
    const { exit, out } = await cli(['check', 'pat@target.example'], copy);
    expect([exit, out]).toEqual([0, expect.stringContaining('pat@target.example')]);
  });
});
