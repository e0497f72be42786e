import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Undo } from '../../local/undo.ts';
import { ClaimFailed, claim, Missing } from './acceptance-error.ts';
import type { AcceptanceArguments } from './arguments.ts';
import { Cdk } from './cdk.ts';
import { Cloud, eventually } from './cloud.ts';
import { CommandFailed, Commands } from './commands.ts';
import { EmbeddedMetricsBridge } from './embedded-metrics-bridge.ts';
import { bareEnvironment, cloudEnvironment, pipEnvironment } from './environment.ts';
import { isLoopback } from './listening.ts';
import { Ministack } from './ministack.ts';
import { findOpenssl, findPython, installMinistack, MINISTACK } from './python.ts';
import type { Report } from './report.ts';
import { SimulatedSes } from './simulated-ses.ts';
import { CHECKOUT, Stage } from './stage.ts';
import { STEPS, type Step } from './steps.ts';

/** What a run needs of the process around it. */
export interface AcceptanceIo {
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
  /** Says something for people that is no step. */
  readonly say: (text: string) => void;
  /** Aborts when the person had enough. */
  readonly interrupted: AbortSignal;
}

/** Ports that must be closed at the end, and processes that must be gone. */
const isOpen = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    () => true,
    (error: Error) => !String(error.cause).includes('ECONNREFUSED'),
  );

/** The step that looks whether all was tidied up. */
const END = 'end';

const FOLDER = join(CHECKOUT, '.acceptance');

class Acceptance {
  readonly #args: AcceptanceArguments;
  readonly #io: AcceptanceIo;
  /** What is kept is not destroyed. */
  readonly #steps: readonly Step[];
  readonly #undo = new Undo();
  readonly #start = performance.now();
  readonly #folder = join(FOLDER, `run-${process.pid}`);
  #urls: readonly string[] = [];
  readonly #ended: { readonly ended: boolean }[] = [];
  #passed = 0;
  #failed = 0;

  constructor(args: AcceptanceArguments, io: AcceptanceIo) {
    this.#args = args;
    this.#steps = args.keep ? STEPS.slice(0, -1) : STEPS;
    this.#io = io;
  }

  async run(): Promise<number> {
    const { interrupted, report } = this.#io;
    const onAbort = () => void this.#undo.run();
    interrupted.addEventListener('abort', onAbort, { once: true });
    let notRun = this.#steps.length;
    try {
      await mkdir(this.#folder, { recursive: true });
      const commands = new Commands(this.#folder, bareEnvironment(this.#io.env));
      this.#undo.add(() => commands.stop());
      this.#ended.push(commands);
      const ministack = await this.#install(commands);
      const stage = await this.#step('start', () => this.#startAll(commands, ministack));
      if (stage !== undefined) notRun = await this.#runSteps(stage);
      if (this.#args.keep && !interrupted.aborted) await this.#keep(stage);
    } catch (error) {
      await rm(this.#folder, { recursive: true, force: true });
      throw error;
    } finally {
      interrupted.removeEventListener('abort', onAbort);
      await this.#undo.run();
    }
    await this.#step(END, () => this.#allEnded());
    const ok = this.#failed === 0 && notRun === 0;
    report.totals({ ok, passed: this.#passed, failed: this.#failed, notRun, seconds: this.#seconds(this.#start) });
    if (ok || interrupted.aborted) await rm(this.#folder, { recursive: true, force: true });
    else this.#io.say(`The logs are in ${this.#folder}`);
    return interrupted.aborted && !this.#args.keep ? 130 : ok ? 0 : 1;
  }

  #seconds(since: number): number {
    return Math.round((performance.now() - since) / 100) / 10;
  }

  /** Runs a step and tells how it ended. @returns undefined if it failed */
  async #step<T>(step: string, act: () => Promise<readonly [T, string]>): Promise<T | undefined> {
    const before = performance.now();
    try {
      const [value, detail] = await act();
      this.#passed += 1;
      this.#io.report.step({ step, ok: true, seconds: this.#seconds(before), detail });
      return value;
    } catch (error) {
      if (error instanceof Missing) throw error;
      const expected = error instanceof ClaimFailed || error instanceof CommandFailed;
      const detail = expected ? error.message : String((error as Error).stack ?? error);
      // what was interrupted has not failed
      if (this.#io.interrupted.aborted && step !== END) return undefined;
      this.#failed += 1;
      this.#io.report.step({ step, ok: false, seconds: this.#seconds(before), detail });
      return undefined;
    }
  }

  async #install(commands: Commands): Promise<string> {
    const file = await this.#step('python', async () => {
      const python = await findPython(commands);
      await findOpenssl(commands);
      const env = pipEnvironment(this.#io.env);
      const file = await installMinistack(commands, python, join(FOLDER, 'venv'), env);
      return [file, `Python ${python.version}, ${MINISTACK} in .acceptance/venv`];
    });
    if (file === undefined) throw new Missing('ministack could not be installed', 'See the logs in .acceptance.');
    return file;
  }

  async #startAll(commands: Commands, file: string): Promise<readonly [Stage, string]> {
    const bridge: { metrics?: EmbeddedMetricsBridge } = {};
    const made: { cloud?: Cloud } = {};
    // SES needs the cloud's SNS, and the cloud's functions need the address of SES
    const ses = await SimulatedSes.start(
      {
        publish: (topic, message, subject) =>
          made.cloud?.publish(topic, message, subject) ?? Promise.reject(new Error('there is no cloud yet')),
      },
      this.#args.seed,
    );
    this.#undo.add(() => ses.stop());
    const ministack = await Ministack.start(commands, {
      file,
      folder: this.#folder,
      env: bareEnvironment(this.#io.env),
      ses: ses.url,
      node: this.#args.node,
      onLine: (line) => bridge.metrics?.take(line),
    });
    this.#undo.add(() => ministack.stop());
    this.#ended.push(ministack);
    this.#urls = [ses.url, ministack.url];
    const cloud = new Cloud(ministack.url, ministack.ca);
    this.#undo.add(() => cloud.close());
    made.cloud = cloud;
    bridge.metrics = new EmbeddedMetricsBridge(cloud.watch);
    const home = join(this.#folder, 'home');
    await mkdir(home);
    const env = cloudEnvironment({ cloud: ministack.url, ses: ses.url, certificate: ministack.certificate, home });
    const cdk = new Cdk(commands, this.#folder, CHECKOUT, env);
    const stage = new Stage({ commands, ministack, cloud, ses, cdk, metrics: bridge.metrics, env });
    const node = (await commands.run('node', this.#args.node, ['--version'])).stdout.trim();
    const where = `ministack at ${ministack.url} (TLS, permissions enforced), SES at ${ses.url}`;
    return [stage, `${where}, functions on Node ${node}; ${await onLoopback(ministack)}`];
  }

  /** @returns how many steps were not run */
  async #runSteps(stage: Stage): Promise<number> {
    for (const [i, { name, act }] of this.#steps.entries()) {
      if (this.#io.interrupted.aborted) return this.#steps.length - i;
      const done = await this.#step(name, async () => [true, await act(stage, this.#args.seed)]);
      // each stands on what the one before has left
      if (done === undefined) return this.#steps.length - i - 1;
    }
    await this.#step('listeners', async () => [true, await onLoopback(stage.parts.ministack)]);
    return 0;
  }

  async #keep(stage: Stage | undefined): Promise<void> {
    const { say, interrupted } = this.#io;
    const env = Object.entries(stage?.parts.env ?? {}).map(([name, value]) => `export ${name}='${value}'`);
    say(`Everything is still up, until Ctrl-C. To look at it:\n${env.join('\n')}`);
    await new Promise<void>((resolve) => {
      if (interrupted.aborted) resolve();
      interrupted.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  async #allEnded(): Promise<readonly [true, string]> {
    const open = (await Promise.all(this.#urls.map(async (url) => ((await isOpen(url)) ? [url] : [])))).flat();
    await eventually(
      () => this.#ended.every(({ ended }) => ended) || undefined,
      'every process should have ended, but one has not',
      5000,
    );
    claim(open.length === 0, `every port should be closed, but ${open.join(', ')} is open`);
    return [true, 'every process has ended, every port is closed'];
  }
}

const onLoopback = async (ministack: Ministack): Promise<string> => {
  const listeners = await ministack.listeners();
  if (listeners === null) return 'on what it listens is not seen on this system';
  const open = listeners.filter((each) => !isLoopback(each)).map(({ host, port }) => `${host}:${port}`);
  claim(listeners.length > 0, 'ministack should listen, but does not');
  claim(open.length === 0, `everything should listen on loopback alone, but ministack listens on ${open.join(', ')}`);
  return `listening: ${listeners.map(({ host, port }) => `${host}:${port}`).join(', ')}`;
};

/**
 * Runs the acceptance from installing ministack to closing its ports.
 *
 * @returns the exit code
 * @throws Missing where this machine lacks what it takes; nothing is left running then
 */
export const accept = (args: AcceptanceArguments, io: AcceptanceIo): Promise<number> => new Acceptance(args, io).run();
