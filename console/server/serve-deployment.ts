import type { Dependencies, ServedConsole } from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import { watchList } from './feed/list-watch.ts';
import { startConsole } from './start.ts';

/**
 * Opens the console over a deployment: its feed is what changes in the list.
 *
 * @param port - 0 takes a free one
 * @throws CliError `ConsoleNotBuilt`, `PORT_TAKEN`, `PORT_REFUSED`
 */
export const serveDeployment = (target: Target, port: number, deps: Dependencies): Promise<ServedConsole> =>
  startConsole({ deps, target, port, feed: (kept) => watchList({ deps: kept, target }) });
