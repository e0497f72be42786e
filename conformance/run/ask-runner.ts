import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isFields } from '../../core/feedback/open-envelope.ts';
import type { Task } from '../corpus/tasks.ts';

/** What a runner said. */
export interface Said {
  /** By the id of the task. */
  readonly answers: ReadonlyMap<string, { readonly [field: string]: unknown }>;
  /** Levels it says it has; undefined: all. */
  readonly levels: readonly string[] | undefined;
  /** What is against the contract: lines that are no answers, an exit code, a time-out. */
  readonly breaches: readonly string[];
}

export interface AskOptions {
  /** After this time the runner is stopped; whatever it has not answered counts as not answered. */
  readonly timeoutMs: number;
}

const SHOWN = 120;

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const escaped = (separator: string): string => `\\u${separator.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A task on one line, also for programs that end a line at U+0085, U+2028 or U+2029. */
const taskLine = (task: Task): string => `${JSON.stringify(task).replace(/[\u0085\u2028\u2029]/g, escaped)}\n`;

/**
 * Starts a runner, gives it the tasks and takes its answers.
 *
 * @param command - for the shell, as one would type it
 * @throws never: what goes wrong is among the breaches
 * @example await askRunner('python3 my_runner.py', tasks, { timeoutMs: 60_000 })
 */
export const askRunner = async (command: string, tasks: readonly Task[], { timeoutMs }: AskOptions): Promise<Said> => {
  const answers = new Map<string, { readonly [field: string]: unknown }>();
  const breaches: string[] = [];
  let levels: readonly string[] | undefined;
  const ids = new Set(tasks.map(({ id }) => id));
  // a group of its own, so that what the shell started ends with it
  const child = spawn(command, { shell: true, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  let stopped = false;
  const stop = () => {
    stopped = true;
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has just ended by itself
    }
  };
  process.once('exit', stop);
  const timer = setTimeout(() => {
    breaches.push(`it was stopped after ${timeoutMs / 1000} s`);
    stop();
  }, timeoutMs);
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      breaches.push(`it could not be started: ${error.message}`);
      resolve();
    });
    child.on('close', (code, signal) => {
      if (code !== 0 && !stopped) breaches.push(`it ended with ${signal ?? `exit code ${code}`}`);
      resolve();
    });
  });
  // one that ends without reading everything closes the pipe: what it has not answered says enough
  child.stdin.on('error', () => undefined);
  child.stdin.end(tasks.map(taskLine).join(''));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.trim() === '') return;
    let said: unknown;
    try {
      said = JSON.parse(line);
    } catch {
      said = undefined;
    }
    if (!isFields(said)) breaches.push(`this line is no JSON object: ${line.slice(0, SHOWN)}`);
    else if (!('id' in said) && 'levels' in said) levels = strings(said.levels);
    else if (typeof said.id !== 'string' || !ids.has(said.id)) breaches.push(`nobody asked: ${line.slice(0, SHOWN)}`);
    else if (answers.has(said.id)) breaches.push(`answered twice: ${said.id}`);
    else answers.set(said.id, said);
  });
  await ended;
  clearTimeout(timer);
  process.off('exit', stop);
  return { answers, levels, breaches };
};
