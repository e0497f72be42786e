import type { Dependencies } from '../../../cli/dependencies.ts';
import { realDependencies } from '../../../cli/real-dependencies.ts';
import { run } from '../../../cli/run.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../local/cloud.ts';

/** What a command said. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** A command against a local cloud. */
export type OnCloud = (args: readonly string[], overrides?: Partial<Dependencies>) => Promise<Ran>;

/** Made once: each listens to the streams of the process. */
const REAL = realDependencies();

/** Runs commands against this cloud, with everything real but the terminal. */
export const onCloud =
  (cloud: LocalCloud): OnCloud =>
  async (args, overrides = {}) => {
    const text = { out: '', err: '' };
    const into = (name: 'out' | 'err') => ({
      write: async (more: string) => {
        text[name] += more;
      },
    });
    const deps = { ...REAL, stdout: into('out'), stderr: into('err'), ...overrides };
    const exit = await run([...args, '--endpoint', cloud.addresses.lambda], deps);
    return { exit, ...text };
  };

/** A local cloud for the tests of a file, started before them and ended after them. */
export const withCloud = (
  options: LocalCloudOptions = {},
): { readonly cloud: LocalCloud; readonly onCloud: OnCloud } => {
  let cloud: LocalCloud | undefined;
  beforeAll(async () => {
    cloud = await startLocalCloud(options);
  }, 60_000);
  afterAll(() => cloud?.stop());
  const started = (): LocalCloud => {
    if (cloud === undefined) throw new Error('the local cloud has not started');
    return cloud;
  };
  return {
    get cloud() {
      return started();
    },
    onCloud: (args, overrides) => onCloud(started())(args, overrides),
  };
};
