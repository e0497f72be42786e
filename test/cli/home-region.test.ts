import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { openLetters } from '../../cli/deployment/open-letters.ts';
import { openList } from '../../cli/deployment/open-list.ts';
import { DEFAULT_POLICY, Output } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { known, PAT_KEY, piece, START } from '../core/entries.ts';
import { cli, type Given } from './harness.ts';

const md5 = (of: string): string => createHash('md5').update(of).digest('hex');

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** CloudFormation, of which one stack is known, and SQS, in which every queue is empty. */
interface Aws {
  readonly url: string;
  /** Of each request to SQS: the Region it was signed for, and what was asked. */
  readonly asked: [region: string, what: string][];
}

const stackXml = (outputs: Readonly<Record<string, string>>): string => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>Suppressor</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};

/** Works with the stack in Virginia. */
const onAws = async <T>(
  outputs: (url: string) => Readonly<Record<string, string>>,
  work: (aws: Aws) => Promise<T>,
): Promise<T> => {
  const asked: Aws['asked'] = [];
  const server: Server = createServer(async (request, response) => {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    if (target === undefined) return response.end(stackXml(outputs(url)));
    const [, region = ''] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    asked.push([region, `${String(target).split('.').at(-1)} ${JSON.parse(body).QueueUrl.split('/').at(-1)}`]);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    return response.end(JSON.stringify({ Attributes: {}, MessageId: 'm', MD5OfMessageBody: md5('again') }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = { ...process.env };
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_CLOUDFORMATION: url, AWS_ENDPOINT_URL_SQS: url });
  try {
    return await work({ url, asked });
  } finally {
    process.env = before;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};

const TARGET = { stack: 'Suppressor', region: 'us-east-1' };
/** Opens the list of a stack with these outputs. */
const opened = (outputs: Readonly<Record<string, string>>) =>
  onAws(
    () => outputs,
    () => openList(TARGET),
  );

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

test('what SNS could not deliver lies there and goes to the queue at home, each by its own Region', async () => {
  const outputs = (url: string) => ({
    [Output.REGION]: 'us-east-1',
    [Output.HOME_REGION]: 'eu-west-1',
    [Output.UNDELIVERED_QUEUE_URL]: `${url}/111122223333/Undelivered`,
    [Output.HOME_FEEDBACK_QUEUE_URL]: `${url}/111122223333/Feedback`,
  });
  await onAws(outputs, async ({ asked }) => {
    const { letters, outbox, mover, close } = await openLetters(TARGET, 'undelivered');
    await outbox?.put('again', {});
    await letters.depth();
    close();
    expect(mover).toBeUndefined();
    expect(asked.sort()).toEqual([
      ['eu-west-1', 'GetQueueAttributes Feedback'],
      ['eu-west-1', 'SendMessage Feedback'],
      ['us-east-1', 'GetQueueAttributes Undelivered'],
      ['us-east-1', 'GetQueueAttributes Undelivered'],
    ]);
  });
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

  const account = new MemoryAccountList();

  test('that takes over the list of SES is refused, and one that only fills it is not', async () => {
    const given = { ...copy, accountLists: [account] };
    const pulled = await cli(['sync', '--yes'], given);
    expect([pulled.exit, pulled.err]).toEqual([1, expect.stringContaining('Run it with --region eu-west-1.')]);
    expect((await cli(['sync', '--direction', 'push', '--yes'], given)).exit).toBe(0);
    expect(ledger.writes).toBe(0);
  });

  test('that reads works as ever', async () => {
    const { exit, out } = await cli(['check', 'pat@target.example'], copy);
    expect([exit, out]).toEqual([0, expect.stringContaining('pat@target.example')]);
  });
});
