import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import type { DeploymentView } from '../../../console/api.ts';
import { addDeploymentRoutes } from '../../../console/server/routes/deployment.ts';
import { DEFAULT_POLICY, Output } from '../../../core/contract/index.ts';
import { World } from '../../cli/doctor/healthy.ts';
import { routes } from './ask.ts';
import { bareDesk } from './bare-desk.ts';
import { shell } from './shell.ts';

test('says what the console looks at, who acts, and which version this is', async () => {
  const world = new World();
  world.outputs.set(Output.STREAMS, 'receipts newsletter');
  const { get } = routes([addDeploymentRoutes], { world });
  expect(await get<DeploymentView>('/deployment')).toMatchObject({
    status: 200,
    body: {
      name: 'the stack "Suppressor"',
      local: false,
      region: 'eu-central-1',
      table: 'Suppressions',
      home: null,
      operator: 'pat',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      streams: ['receipts', 'newsletter'],
      desk: false,
    },
  });
});

test('says that this is a copy of the list, and where it is written', async () => {
  const opened = { table: 'T', policy: DEFAULT_POLICY, ledger: new MemoryLedger(), close: () => undefined };
  const overrides = { openList: async () => ({ ...opened, home: 'eu-west-1' }) };
  const { get } = routes([addDeploymentRoutes], { overrides });
  expect((await get<DeploymentView>('/deployment')).body).toMatchObject({ table: 'T', home: 'eu-west-1', streams: [] });
});

test('says that mails can be tried where they can', async () => {
  const world = new World();
  world.local = true;
  const answer = await shell({ world }, bareDesk).get('/api/deployment');
  expect(await answer.json()).toMatchObject({ local: true, desk: true });
});

test('knows no Region where only a table was named and nothing else says', async () => {
  const opened = new World().opened();
  const overrides = {
    openDoctor: async () => ({ ...opened, deployment: { ...opened.deployment, region: undefined } }),
  };
  const { get } = routes([addDeploymentRoutes], { overrides });
  expect((await get<DeploymentView>('/deployment')).body.region).toBeNull();
});

test('tells what AWS says where it says no', async () => {
  const denied = Object.assign(new Error('not for you'), { name: 'AccessDenied' });
  const { get } = routes([addDeploymentRoutes], { overrides: { openDoctor: () => Promise.reject(denied) } });
  expect(await get('/deployment')).toMatchObject({
    status: 403,
    problem: { code: 'AccessDenied', message: 'not for you' },
  });
});
