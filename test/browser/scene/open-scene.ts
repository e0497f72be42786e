import { DEFAULT_STACK } from '../../../cli/deployment/target.ts';
import { realDependencies } from '../../../cli/real-dependencies.ts';
import { startConsole } from '../../../console/server/start.ts';
import { startLocalCloud } from '../../../local/cloud.ts';
import { localDesk } from '../../../local/console/desk.ts';
import { localFeed } from '../../../local/console/local-feed.ts';
import { putCounts } from './counts.ts';
import { teachHistory } from './history.ts';
import { liven } from './mails.ts';

/** A local cloud with three weeks of a list, eight days of counts and some minutes of mail, and a console of it. */
export interface Scene {
  /** With the token. */
  readonly address: string;
  stop(): Promise<void>;
}

/** The one who decides in the pictures. */
const OPERATOR = 'alex';

/** Opens the scene; it takes half a minute, so that what happens in it does not have one time. */
export const openScene = async (): Promise<Scene> => {
  const live = localFeed();
  const cloud = await startLocalCloud(live.hearing({ delays: [500, 1800] }));
  const target = { stack: DEFAULT_STACK, endpoint: cloud.addresses.lambda };
  const running = await startConsole({
    deps: { ...realDependencies(), operator: OPERATOR },
    target,
    port: 0,
    feed: (deps) => live.feed(deps, target),
    desk: localDesk(cloud),
  });
  const start = Date.now();
  await teachHistory(cloud, start);
  putCounts(cloud, start);
  await liven(cloud);
  return {
    address: running.address,
    stop: async () => {
      await running.stop();
      await cloud.stop();
    },
  };
};
