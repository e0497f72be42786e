import { readConfiguration } from '../../lib/index.ts';

const read = (suppressor?: unknown, more = {}) =>
  readConfiguration({ getAllContext: () => ({ ...(suppressor === undefined ? {} : { suppressor }), ...more }) });

test('needs nothing', () => {
  expect(read()).toEqual({ stackName: 'Suppressor' });
});

test('takes an object of cdk.json and the text of -c alike', () => {
  const wanted = { stackName: 'Mail', senders: ['@ledger.example'], batch: { size: 100, windowSeconds: 5 } };
  expect(read(wanted)).toEqual(wanted);
  expect(read(JSON.stringify(wanted))).toEqual(wanted);
});

test('takes parts as a switch or as an object that says more', () => {
  const switched = { queue: false, unsubscribe: true, idempotency: true };
  const told = { queue: { maxConcurrency: 10 }, unsubscribe: { reservedConcurrency: 5, rotationDays: 30 } };
  expect(read(switched)).toMatchObject(switched);
  expect(read(told)).toMatchObject(told);
});

test('passes the policy on as written, without defaults', () => {
  expect(read({ policy: { globalListHoldDays: 3 } }).policy).toEqual({ globalListHoldDays: 3 });
});

test.each([
  [{ sender: [] }, /^suppressor\.sender is not a setting; here there are: stackName, region, account, senders, /],
  [{ table: { arn: 'x' } }, 'suppressor.table.arn is not a setting; here there are: name'],
  [{ policy: { holdDays: 1 } }, /^suppressor\.policy\.holdDays is not a setting; here there are: complaintScope, /],
  [{ senders: 'ledger.example' }, 'suppressor.senders: expected a list of senders, got: "ledger.example"'],
  [{ senders: ['a.example', '*'] }, /suppressor\.senders\[1\]: expected an address or a domain, as in .*, got: "\*"/],
  [{ identities: ['@a.example'] }, 'as in ledger.example, got: "@a.example"'],
  [{ identities: ['a.example', 'a.example'] }, 'expected identities, each once, got: ["a.example","a.example"]'],
  [{ region: 'Ireland' }, 'suppressor.region: expected a region such as eu-west-1, got: "Ireland"'],
  [{ account: 111122223333 }, 'suppressor.account: expected an account: 12 digits in quotes, got: 111122223333'],
  [{ replace: 'yes' }, 'suppressor.replace: expected true or false, without quotes, got: "yes"'],
  [{ delivery: 'sqs' }, 'suppressor.delivery: expected "queue" or "direct", got: "sqs"'],
  [{ topics: ['Feedback'] }, 'suppressor.topics[0]: expected the ARN of a standard SNS topic, got: "Feedback"'],
  [{ table: 'List' }, 'expected an object with the name of a table: { "name": "…" }, got: "List"'],
  [{ policy: { simulatorHoldHours: 'x' } }, /suppressor\.policy\.simulatorHoldHours: .*, got: "x"/],
  [
    { queue: { concurrency: 5 } },
    'suppressor.queue: expected true, false or an object such as { "maxConcurrency": 5 }, got: {"concurrency":5}',
  ],
  [
    { queue: { batchSize: 100 } },
    'suppressor.queue: expected true, false or an object such as { "maxConcurrency": 5 }',
  ],
  [{ unsubscribe: 'yes' }, /suppressor\.unsubscribe: expected true, false or an object such as .*, got: "yes"/],
  [{ unsubscribe: { rotationDays: '30' } }, 'suppressor.unsubscribe: expected true, false or an object such as'],
  [{ idempotency: 'off' }, 'suppressor.idempotency: expected true or false, without quotes, got: "off"'],
  [{ stackName: '1st' }, 'suppressor.stackName: expected a stack name: a letter'],
  [[], 'suppressor: expected an object, got: []'],
])('refuses %j with path, value and remedy', (value, message) => {
  expect(() => read(value)).toThrow(message);
});

test('reports every fault, one line each', () => {
  expect(() => read({ region: 1, account: 2 })).toThrow(/^suppressor\.region: .*\nsuppressor\.account: .*$/);
});

test('refuses text that is no JSON, and shows how to write it', () => {
  expect(() => read('senders=ledger.example')).toThrow(
    /got: senders=ledger\.example; write it in cdk\.json under "context", or with -c suppressor='\{/,
  );
});

test('refuses -c suppressor.x=…, which CDK would ignore', () => {
  expect(() => read(undefined, { 'suppressor.region': 'eu-west-1' })).toThrow(
    /^-c suppressor\.region=… sets nothing, got: "eu-west-1"; CDK does not reach into objects: write the whole object/,
  );
});
