import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** How a command ended. */
export interface Ran {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that ended otherwise than it should. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  constructor(name: string, { code, stdout, stderr }: Ran, log: string, late: boolean) {
    const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
    const end = late ? 'was ended after five minutes' : `ended with ${code ?? 'a signal'}`;
    super(`${name} ${end}, see ${log}:\n${last}`);
  }
}

export interface CommandOptions {
  /** Variables beside and before those of all commands. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Exit codes that are none of a failure. @default [0] */
  readonly accept?: readonly number[];
}

const KILL_AFTER_MS = 5000;
const PATIENCE_MS = 5 * 60_000;

const signalGroup = ({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean => {
  try {
    return pid !== undefined && process.kill(-pid, name);
  } catch {
    return false;
  }
};

/** Whether neither a process nor anything it has started is left. */
export const isGone = (child: ChildProcess): boolean => !signalGroup(child, 0);

/** Ends a process and all it has started; kills what does not end in 5 seconds. */
export const endGroup = async (child: ChildProcess): Promise<void> => {
  signalGroup(child, 'SIGTERM');
  const deadline = Date.now() + KILL_AFTER_MS;
  while (!isGone(child) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  signalGroup(child, 'SIGKILL');
};

/** Starts the commands of a run: each in a process group of its own, its output kept in a file. */
export class Commands {
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #running = new Set<ChildProcess>();
  #count = 0;

  /**
   * @param folder - where the logs go
   * @param env - the whole environment of every command
   */
  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#env = env;
  }

  /**
   * Runs a command to its end.
   *
   * @param name - names its log
   * @throws CommandFailed
   */
  run(name: string, file: string, args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
    this.#count += 1;
    const log = join(this.#folder, `${String(this.#count).padStart(2, '0')}-${name}.log`);
    const out = createWriteStream(log);
    const child = spawn(file, args, {
      cwd: options.cwd ?? process.cwd(),
      env: { ...this.#env, ...options.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
        out.write(text);
      });
    let late = false;
    const patience = setTimeout(() => {
      late = true;
      void endGroup(child);
    }, PATIENCE_MS);
    return new Promise<Ran>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        const ran = { code, ...said };
        if (code !== null && (options.accept ?? [0]).includes(code)) resolve(ran);
        else reject(new CommandFailed(name, ran, log, late));
      });
    }).finally(() => {
      clearTimeout(patience);
      this.#running.delete(child);
      out.end();
    });
  }

  /** Whether nothing of it runs any more. */
  get ended(): boolean {
    return this.#running.size === 0;
  }

  /** Ends whatever still runs. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running].map(endGroup));
  }
}
