import { CliError } from '../../cli/cli-error.ts';
import { DEFAULT_STACK } from '../../cli/deployment/target.ts';
import { realDependencies } from '../../cli/real-dependencies.ts';
import { type RunningConsole, startConsole } from '../../console/server/start.ts';
import type { LocalCloud, LocalCloudOptions } from '../cloud.ts';
import { LocalError } from '../local-error.ts';
import { localDesk } from './desk.ts';
import { localFeed } from './local-feed.ts';

/** The console of a local cloud, which is told of what happens from the start. */
export interface LocalConsole {
  /** The options of a local cloud, which then tells the console, too. */
  hearing(options: LocalCloudOptions): LocalCloudOptions;
  /**
   * Opens it; the cloud says from then on where it is.
   *
   * @param port - 0 takes a free one
   * @throws LocalError `ConsoleNotBuilt`, `PORT_TAKEN`, `PORT_REFUSED`
   */
  open(cloud: LocalCloud, port: number): Promise<RunningConsole>;
}

const asLocalError = (fault: unknown): unknown =>
  fault instanceof CliError ? new LocalError(fault.code, fault.message, fault.remedy, { cause: fault }) : fault;

/**
 * Makes the console of one local cloud.
 *
 * @example
 * const own = localConsole();
 * const cloud = await startLocalCloud(own.hearing(options));
 * const { address } = await own.open(cloud, 0);
 */
export const localConsole = (): LocalConsole => {
  const live = localFeed();
  return {
    hearing: live.hearing,
    open: async (cloud, port) => {
      const target = { stack: DEFAULT_STACK, endpoint: cloud.addresses.lambda };
      const running = await startConsole({
        deps: realDependencies(),
        target,
        port,
        feed: (deps) => live.feed(deps, target),
        desk: localDesk(cloud),
      }).catch((fault: unknown) => Promise.reject(asLocalError(fault)));
      cloud.showConsole(running.url);
      return running;
    },
  };
};
