import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ACCOUNT, REGION } from '../../local/arn.ts';
import type { Commands, Ran } from './commands.ts';
import type { Configuration } from './configurations.ts';
import { type Fitted, fitAssembly } from './fit-assembly.ts';

/** Name of the stack, as the configuration leaves it. */
export const STACK = 'Suppressor';

const CDK = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

/** What was synthesised, in the folder from which it is deployed. */
export interface Assembly extends Fitted {
  readonly folder: string;
}

/** The CDK's own command line, as a user runs it. */
export class Cdk {
  readonly #commands: Commands;
  readonly #folder: string;
  readonly #checkout: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #assemblies = new Map<string, Promise<Assembly>>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param folder - for what it writes
   * @param checkout - where `cdk.json` is
   * @param env - see `cloudEnvironment`
   */
  constructor(commands: Commands, folder: string, checkout: string, env: Readonly<Record<string, string>>) {
    this.#commands = commands;
    this.#folder = folder;
    this.#checkout = checkout;
    this.#env = env;
  }

  /** `cdk bootstrap`, outside of the app: it needs none. */
  bootstrap(): Promise<Ran> {
    return this.#run('cdk-bootstrap', ['bootstrap', `aws://${ACCOUNT}/${REGION}`], this.#folder);
  }

  /**
   * `cdk synth` with a configuration, and the assembly made fit for ministack. Whoever asks for the same again gets the
   * same: so it can be asked for before it is needed. One at a time.
   *
   * `--build ''` because the bundles are built already, and building them again would take them away from whoever runs
   * them.
   */
  synth(configuration: Configuration): Promise<Assembly> {
    const key = JSON.stringify(configuration);
    const known = this.#assemblies.get(key);
    if (known !== undefined) return known;
    const folder = join(this.#folder, `assembly-${this.#assemblies.size + 1}`);
    const assembly = this.#last.then(() => this.#synth(key, folder));
    this.#assemblies.set(key, assembly);
    this.#last = assembly.catch(() => undefined);
    return assembly;
  }

  /** `cdk deploy`. @returns the outputs */
  async deploy({ folder }: Assembly): Promise<Readonly<Record<string, string>>> {
    const file = `${folder}.outputs.json`;
    const options = ['--require-approval', 'never', '--outputs-file', file, '--app', folder];
    await this.#run('cdk-deploy', ['deploy', ...options]);
    return JSON.parse(await readFile(file, 'utf8'))[STACK] ?? {};
  }

  /** `cdk destroy`. */
  destroy({ folder }: Assembly): Promise<Ran> {
    return this.#run('cdk-destroy', ['destroy', '--force', '--app', folder]);
  }

  async #synth(configuration: string, output: string): Promise<Assembly> {
    const options = ['--quiet', '--build', '', '--output', output, '-c', `suppressor=${configuration}`];
    await this.#run('cdk-synth', ['synth', ...options]);
    const folder = `${output}-fitted`;
    return { ...(await fitAssembly(output, folder, STACK)), folder };
  }

  #run(name: string, args: readonly string[], cwd = this.#checkout): Promise<Ran> {
    return this.#commands.run(name, process.execPath, [CDK, ...args], { cwd, env: this.#env });
  }
}
