import { makeHandler } from '../../../lambda/wiring/handler.ts';
import { FakeSes, OURS, resourceEvent, surroundings, THEIRS, wireTo } from './fakes.ts';

const ready = () => {
  const ses = new FakeSes({ 'ledger.example': {} });
  const parts = surroundings(ses);
  return { ses, ...parts, handler: makeHandler(parts.deps) };
};

test('wires at creation and answers CloudFormation with a name that never changes', async () => {
  const { ses, handler, answers } = ready();
  await handler(resourceEvent('Create'));
  await handler(resourceEvent('Update', wireTo({ Deployment: 'second' })));
  expect(ses.changes).toEqual([`ledger.example/Bounce -> ${OURS}`]);
  const answer = {
    url: 'https://answers.example/signed',
    body: {
      Status: 'SUCCESS',
      PhysicalResourceId: 'ledger.example/Bounce',
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Suppressor/guid',
      RequestId: 'request-1',
      LogicalResourceId: 'Wire',
    },
  };
  expect(answers).toEqual([answer, answer]);
});

test('fails the deployment with the reason, within what CloudFormation takes', async () => {
  const { ses, handler, answers } = ready();
  ses.become('ledger.example', 'Bounce', THEIRS);
  await handler(resourceEvent('Create'));
  expect(answers[0]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'ledger.example/Bounce' });
  expect(answers[0]?.body.Reason).toMatch(/^TopicTaken: Bounce notifications of ledger\.example already go to /);
  jest.spyOn(ses, 'read').mockRejectedValueOnce(new Error('x'.repeat(10_000)));
  await handler(resourceEvent('Create'));
  expect(answers[1]?.body.Reason).toHaveLength(2000);
});

test('moves on from the topic the stack had before an update', async () => {
  const { ses, handler, answers } = ready();
  ses.become('ledger.example', 'Bounce', THEIRS);
  await handler(resourceEvent('Update', wireTo(), { OldResourceProperties: { ...wireTo(), TopicArn: THEIRS } }));
  expect([ses.wire('ledger.example', 'Bounce')?.topic, answers[0]?.body.Status]).toEqual([OURS, 'SUCCESS']);
});

test('un-wires at deletion', async () => {
  const { ses, handler, answers } = ready();
  await handler(resourceEvent('Create'));
  await handler(resourceEvent('Delete'));
  expect([ses.wire('ledger.example', 'Bounce')?.topic, answers[1]?.body.Status]).toEqual([null, 'SUCCESS']);
});

test('asserts the wires when the schedule says so, and answers nobody', async () => {
  const { ses, handler, counted, answers } = ready();
  await handler({ action: 'reassert', identities: ['ledger.example'], types: ['Bounce'] });
  expect([ses.changes, counted, answers]).toEqual([
    [`ledger.example/Bounce -> ${OURS}`],
    [['IdentityUnwired', 'rewired', 1]],
    [],
  ]);
});

test('checks a table at creation and update, and lets it go without a look', async () => {
  const { deps, answers } = ready();
  const asked: string[] = [];
  const handler = makeHandler({
    ...deps,
    identity: null,
    tableShape: async (name) => {
      asked.push(name);
      return null;
    },
  });
  const check = { ResourceType: 'Custom::SuppressionTableCheck' };
  for (const request of ['Create', 'Update', 'Delete'] as const)
    await handler(resourceEvent(request, { TableName: 'List' }, check));
  expect(asked).toEqual(['List', 'List']);
  expect(answers.map(({ body }) => body.Status)).toEqual(['FAILED', 'FAILED', 'SUCCESS']);
  expect(answers[0]?.body).toMatchObject({
    PhysicalResourceId: 'check/List',
    Reason: expect.stringMatching(/^TableUnfit: There is no table List in this region and account\./),
  });
});

test('fails for a resource that is none of its own, and still answers', async () => {
  const { handler, answers } = ready();
  await handler(resourceEvent('Create', {}, { ResourceType: 'Custom::Else' }));
  expect(answers[0]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Wire' });
  expect(answers[0]?.body.Reason).toContain('Custom::Else is none of Custom::SesIdentityTopic');
});

test('fails for identities where it has no topic', async () => {
  const { deps, answers } = ready();
  await makeHandler({ ...deps, identity: null })(resourceEvent('Create'));
  expect(answers[0]?.body.Reason).toContain('IdentityWiring makes one that has');
  const run = makeHandler({ ...deps, identity: null })({ action: 'reassert', identities: [], types: [] });
  await expect(run).rejects.toThrow('no identities are wired by this function');
});

test('fails if CloudFormation cannot be answered, so that Lambda tries again', async () => {
  const { deps } = ready();
  const handler = makeHandler({ ...deps, put: () => Promise.reject(new Error('unreachable')) });
  await expect(handler(resourceEvent('Create'))).rejects.toThrow('unreachable');
});

test('rejects an event that is neither', async () => {
  const { handler } = ready();
  await expect(handler({ hello: 'world' } as never)).rejects.toThrow('neither a custom resource nor "reassert"');
});

test('answers also a resource that has no properties, and keeps to what CloudFormation takes, whatever the script', async () => {
  const { ses, handler, answers } = ready();
  await handler({ ...resourceEvent('Create'), ResourceProperties: undefined } as unknown as ReturnType<
    typeof resourceEvent
  >);
  expect(answers[0]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Wire' });
  jest.spyOn(ses, 'read').mockRejectedValueOnce(new Error('漢'.repeat(10_000)));
  await handler(resourceEvent('Create'));
  expect(answers[1]?.body.Reason).toMatch(/^Error: 漢{500,}$/);
  expect(Buffer.byteLength(JSON.stringify(answers[1]?.body))).toBeLessThanOrEqual(4096);
});
