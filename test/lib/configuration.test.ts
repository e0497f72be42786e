import { readConfiguration } from '../../lib/index.ts';

const read = (suppressor?: unknown, more = {}) =>
  readConfiguration({ getAllContext: () => ({ ...(suppressor === undefined ? {} : { suppressor }), ...more }) });

test('needs nothing', () => {
  expect(read()).toEqual({ stackName: 'Suppressor' });
});

test('takes an object of cdk.json and the text of -c alike', () => {
  const wanted = {
    stackName: 'Mail',
    senders: ['@ledger.example'],
    batch: { size: 100, windowSeconds: 5, maxConcurrency: 200 },
  };
  expect(read(wanted)).toEqual(wanted);
  expect(read(JSON.stringify(wanted))).toEqual(wanted);
});

test('takes parts as a switch or as an object that says more', () => {
  const switched = { queue: false, unsubscribe: true, idempotency: true, alarms: false, dashboard: false };
  const told = {
    queue: { maxConcurrency: 10 },
    unsubscribe: { reservedConcurrency: 5, rotationDays: 30 },
    alarms: { emails: ['oncall@ledger.example'] },
  };
  expect(read(switched)).toMatchObject(switched);
  expect(read(told)).toMatchObject(told);
});

test('takes domains, Regions and a home', () => {
  const domains = [
    { name: 'ledger.example', mailFrom: false, dmarc: { policy: 'reject', rua: 'dmarc@ledger.example' } },
    { name: 'a.target.example', dmarc: false, zone: { id: 'Z0123', name: 'target.example' } },
  ];
  expect(read({ domains, regions: ['us-east-1'] })).toMatchObject({ domains, regions: ['us-east-1'] });
  const home = {
    region: 'eu-west-1',
    table: 'Suppressor-List',
    feedbackQueue: 'arn:aws:sqs:eu-west-1:111122223333:Suppressor-Feedback',
    unsubscribe: {
      url: 'https://abc.lambda-url.eu-west-1.on.aws/',
      secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:UnsubscribeKey-a1B2c3',
    },
  };
  expect(read({ home, domains, queue: false })).toMatchObject({ home, domains });
});

test.each(['regions', 'table', 'topics', 'delivery', 'batch', 'unsubscribe'])(
  'refuses %s beside home: what writes the list is elsewhere',
  (name) => {
    const home = { region: 'eu-west-1', table: 'List', feedbackQueue: 'arn:aws:sqs:eu-west-1:111122223333:Queue' };
    const values: Record<string, unknown> = {
      regions: ['us-east-1'],
      table: { name: 'List' },
      topics: ['arn:aws:sns:us-east-1:111122223333:Theirs'],
      delivery: 'queue',
      batch: { size: 5 },
      unsubscribe: true,
    };
    expect(() => read({ home, [name]: values[name] })).toThrow(
      `suppressor.${name} is a setting of the home stack, got: it beside home; the list is written in eu-west-1: set it there`,
    );
  },
);

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
  [
    { streams: ['receipts', 'of the week'] },
    'suppressor.streams[1]: expected the name of a stream as requests have it, but for "other": 1 to 255 letters, digits, "_", "-", got: "of the week"',
  ],
  [{ streams: ['other'] }, /^suppressor\.streams\[0\]: expected the name of a stream .*, got: "other"/],
  [{ streams: 'receipts' }, 'suppressor.streams: expected a list of streams, got: "receipts"'],
  [{ streams: ['a', 'a'] }, 'suppressor.streams: expected streams, each once, got: ["a","a"]'],
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
  [
    { alarms: { emails: ['On Call <oncall@ledger.example>'] } },
    'suppressor.alarms.emails[0]: expected an e-mail address such as oncall@ledger.example, got: "On Call <oncall@ledger.example>"',
  ],
  [{ alarms: { emails: ['@ledger.example'] } }, /emails\[0\]: expected an e-mail address such as .*, got: "@ledger/],
  [
    { alarms: { emails: ['a@b.example', 'a@b.example'] } },
    'suppressor.alarms.emails: expected e-mail addresses, each once, got: ["a@b.example","a@b.example"]',
  ],
  [
    { alarms: 'oncall@ledger.example' },
    'suppressor.alarms: expected true, false or an object such as { "emails": ["oncall@ledger.example"] }, got: "oncall',
  ],
  [{ alarms: { email: [] } }, 'suppressor.alarms: expected true, false or an object such as { "emails": ['],
  [{ dashboard: 'no' }, 'suppressor.dashboard: expected true or false, without quotes, got: "no"'],
  [{ domains: ['ledger.example'] }, /domains\[0\]: expected an object with the name of a domain: .*, got: "ledger/],
  [{ domains: [{ name: 'Ledger.example' }] }, /domains\[0\]\.name: expected a domain in lower case, .*, got: "Ledger/],
  [
    { domains: [{ name: 'a.example', dkim: true }] },
    'suppressor.domains[0].dkim is not a setting; here there are: name, mailFrom, dmarc, zone',
  ],
  [{ domains: [{ name: 'a.example', mailFrom: true }] }, 'expected a subdomain, as in mail.ledger.example, or false'],
  [{ domains: [{ name: 'a.example', dmarc: { policy: 'drop' } }] }, /domains\[0\]\.dmarc.*: .*, got: /],
  [{ domains: [{ name: 'a.example', zone: 'Z0123' }] }, 'domains[0].zone: expected an object: { "id": "Z0123456789'],
  [{ regions: ['Ireland'] }, 'suppressor.regions[0]: expected a region such as us-east-1, got: "Ireland"'],
  [{ home: { region: 'eu-west-1', table: 'List' } }, /suppressor\.home\.feedbackQueue: .*/],
  [{ home: 'eu-west-1' }, 'suppressor.home: expected what the output HomeSetting of the home stack says'],
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
