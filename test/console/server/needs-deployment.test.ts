import { addHealthRoutes } from '../../../console/server/routes/health.ts';
import { addQueuesRoutes } from '../../../console/server/routes/queues.ts';
import { addRatesRoutes } from '../../../console/server/routes/rates.ts';
import { World } from '../../cli/doctor/healthy.ts';
import { routes } from './ask.ts';

const ask = (path: string, target: Parameters<typeof routes>[2]) =>
  routes([addHealthRoutes, addQueuesRoutes, addRatesRoutes], { world: new World() }, target).get(path);

describe.each(['/health', '/queues', '/rates'])('%s', (path) => {
  test('of a table alone is refused, as the command has no --table', async () => {
    expect(await ask(path, { stack: 'Suppressor', table: 'Suppressions' })).toMatchObject({
      status: 404,
      problem: { code: 'TableAlone', remedy: 'Start it with --stack in place of --table.' },
    });
  });

  test.each([
    { stack: 'Suppressor' },
    { stack: 'Suppressor', table: 'Suppressions', endpoint: 'http://127.0.0.1:4580' },
  ])('of %j is answered', async (target) => {
    expect((await ask(path, target)).status).toBe(200);
  });
});
