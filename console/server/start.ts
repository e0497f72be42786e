import type { Dependencies } from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import { newAccess } from './access.ts';
import { makeConsole } from './app.ts';
import type { Desk } from './desk.ts';
import type { Feed } from './feed/feed.ts';
import { keptOpen } from './kept-open.ts';
import { readPage } from './page-files.ts';
import { serve } from './serve.ts';

export interface ConsoleOptions {
  readonly deps: Dependencies;
  readonly target: Target;
  /** 0 takes a free one. */
  readonly port: number;
  /**
   * Makes what the feed shows; the console closes it.
   *
   * @param deps - what they open stays open until the console ends
   */
  readonly feed: (deps: Dependencies) => Feed;
  /** On a local cloud only. */
  readonly desk?: Desk;
  /** Directory of the page. @default - what `npm run build` made */
  readonly page?: string;
}

/** A console that is up. */
export interface RunningConsole {
  /** What a browser shows; says nothing without the token. */
  readonly url: string;
  /** The address with the token: whoever has it can do here what its owner can. */
  readonly address: string;
  /** Ends it and every connection, and closes what it opened. */
  stop(): Promise<void>;
}

/**
 * Opens the console on this computer alone.
 *
 * @throws CliError `ConsoleNotBuilt`, `PORT_TAKEN`, `PORT_REFUSED`; nothing is left open then
 * @example const { address, stop } = await startConsole({ deps, target, port: 0, feed });
 */
export const startConsole = async (options: ConsoleOptions): Promise<RunningConsole> => {
  const { target, desk } = options;
  const page = await readPage(options.page);
  const access = newAccess();
  const { deps, closeAll } = keptOpen(options.deps);
  const feed = options.feed(deps);
  const close = async () => {
    feed.close();
    await closeAll();
  };
  const serving = await serve(options.port, (port) =>
    makeConsole({ deps, target, feed, ...(desk !== undefined && { desk }) }, { port, access, page }),
  ).catch(async (fault: unknown) => {
    await close();
    throw fault;
  });
  const url = `http://127.0.0.1:${serving.port}/`;
  return {
    url,
    address: `${url}?token=${access.token}`,
    stop: async () => {
      await serving.stop();
      await close();
    },
  };
};
