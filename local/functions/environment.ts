import { Worker } from 'node:worker_threads';
import { arn } from '../arn.ts';
import { LineSplitter } from './line-splitter.ts';
import { type FunctionError, failed, type Outcome } from './outcome.ts';

/** A function as it is deployed: a bundle, its environment variables and its limits. */
export interface FunctionDefinition {
  readonly name: string;
  /** URL of the bundle, an ES module that exports `handler`. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Told of each line the function writes to its output. */
  readonly onLog: (line: string) => void;
}

type FromRuntime =
  | { readonly type: 'ready' }
  | { readonly type: 'unusable'; readonly error: FunctionError }
  | { readonly type: 'done'; readonly requestId: string; readonly outcome: Outcome };

const MEMORY_MB = 256;
const RUNTIME = new URL('./runtime.mjs', import.meta.url);

/** One execution environment: a worker thread that sees nothing of this process's environment; one event at a time. */
export class Environment {
  readonly #definition: FunctionDefinition;
  readonly #worker: Worker;
  readonly #started: Promise<Outcome | null>;
  #requestId = '';
  #finish: ((outcome: Outcome) => void) | null = null;
  #isUsable = true;

  constructor(definition: FunctionDefinition) {
    this.#definition = definition;
    this.#worker = new Worker(RUNTIME, {
      env: { ...definition.env },
      execArgv: [],
      stdout: true,
      stderr: true,
      workerData: {
        file: definition.file,
        functionName: definition.name,
        functionArn: arn('lambda', `function:${definition.name}`),
        memoryLimitInMB: String(MEMORY_MB),
      },
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      const lines = new LineSplitter(definition.onLog);
      stream.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
      stream.on('end', () => lines.end());
    }
    this.#started = new Promise((resolve) => {
      this.#worker.on('message', (message: FromRuntime) => this.#hear(message, resolve));
      this.#worker.on('error', (error) => this.#die(crash(error), resolve));
      this.#worker.on('exit', (code) => this.#die(this.#exit(code), resolve));
    });
  }

  /** `false` once it has ended, or could not load the bundle: the next event needs another environment. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Resolves when the bundle is loaded, or has failed to load. */
  async ready(): Promise<void> {
    await this.#started;
  }

  /** Runs one event to its end, its time-out or the environment's death; never rejects. */
  async run(requestId: string, payload: string): Promise<Outcome> {
    const unusable = await this.#started;
    if (unusable !== null) return unusable;
    const { timeoutMs } = this.#definition;
    this.#requestId = requestId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeOut(), timeoutMs);
      this.#finish = (outcome) => {
        clearTimeout(timer);
        this.#finish = null;
        resolve(outcome);
      };
      this.#worker.postMessage({ requestId, payload, deadline: Date.now() + timeoutMs });
    });
  }

  async stop(): Promise<void> {
    this.#isUsable = false;
    await this.#worker.terminate();
  }

  #hear(message: FromRuntime, started: (unusable: Outcome | null) => void): void {
    if (message.type === 'ready') started(null);
    else if (message.type === 'unusable') this.#die({ ok: false, error: message.error }, started);
    else if (message.requestId === this.#requestId) this.#finish?.(message.outcome);
  }

  #timeOut(): void {
    const seconds = (this.#definition.timeoutMs / 1000).toFixed(2);
    const why = `RequestId: ${this.#requestId} Error: Task timed out after ${seconds} seconds`;
    this.#die(failed('Sandbox.Timedout', why));
  }

  #exit(code: number): Outcome {
    const why =
      code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
    return failed('Runtime.ExitError', `RequestId: ${this.#requestId} Error: ${why}`);
  }

  #die(outcome: Outcome, started?: (unusable: Outcome) => void): void {
    this.#isUsable = false;
    started?.(outcome);
    this.#finish?.(outcome);
    this.#worker.terminate().catch(() => undefined);
  }
}

/** An error nobody in the function caught: it ends the environment, as it ends Lambda's. */
function crash(error: unknown): Outcome {
  const { name, message, stack } = Object(error) as Partial<Error>;
  if (name === undefined || message === undefined) return failed('Runtime.UnhandledPromiseRejection', String(error));
  return { ok: false, error: { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] } };
}
