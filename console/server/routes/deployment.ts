import { countedStreams } from '../../../cli/deployment/streams.ts';
import { withList } from '../../../cli/deployment/with-list.ts';
import { withOpened } from '../../../cli/deployment/with-opened.ts';
import manifest from '../../../package.json' with { type: 'json' };
import type { DeploymentView } from '../../api.ts';
import type { AddRoutes } from '../console.ts';

/** `GET /deployment`: what the console looks at. It fails as everything does where AWS says no. */
export const addDeploymentRoutes: AddRoutes = (api, { deps, target, desk }) => {
  api.get('/deployment', async (c) => {
    const [deployment, { table, home }] = await Promise.all([
      withOpened(deps.openDoctor, target, async ({ deployment }) => deployment),
      withList(deps, target, async (list) => list),
    ]);
    const { name, local, region } = deployment;
    return c.json<DeploymentView>({
      name,
      local,
      region: region ?? null,
      table,
      home: home ?? null,
      operator: deps.operator,
      version: manifest.version,
      streams: countedStreams(deployment),
      desk: desk !== undefined,
    });
  });
};
