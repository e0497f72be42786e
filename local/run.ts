import type { RunningConsole } from '../console/server/start.ts';
import { DEFAULT_CONSOLE_PORT, DEFAULT_PORT, type LocalArguments } from './arguments.ts';
import { type LocalCloud, type LocalCloudOptions, readyLine, startLocalCloud } from './cloud.ts';
import type { LocalConsole } from './console/local-console.ts';
import { LocalError } from './local-error.ts';
import { acceptedLine } from './loop/accepted-line.ts';
import { runClosedLoop } from './loop/closed-loop.ts';
import { feedbackLine } from './loop/feedback-line.ts';
import { HumanReport } from './loop/human-report.ts';
import type { LoopEnd, LoopEvent } from './loop/loop-event.ts';
import { LoopFailure } from './loop/loop-failure.ts';
import { noticeLine } from './loop/notice-line.ts';
import { paintFor } from './loop/paint.ts';
import { parkedLine } from './loop/parked-line.ts';
import type { AcceptedMail } from './ses/mail.ts';
import type { Said } from './simulator/publisher.ts';
import { thingsToTry } from './things-to-try.ts';

/** What a run needs of the process around it. */
export interface RunIo {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the person had enough: Ctrl-C. */
  readonly interrupted: AbortSignal;
}

const PATIENCE_MS = 10_000;

/**
 * Starts the laptop cloud, closes the loop once, and stays up unless told not to.
 *
 * @returns the exit code: 0 only if the loop closed, 130 if it was interrupted before that
 * @throws LocalError what kept it from starting
 */
export async function run(args: LocalArguments, io: RunIo): Promise<number> {
  const print = (line: string) => io.stdout.write(`${line}\n`);
  const paint = paintFor(io.stdout, io.env);
  const report = args.json ? (event: LoopEvent) => print(JSON.stringify(event)) : new HumanReport(print, paint).report;
  const said: Said[] = [];
  let hear = (one: Said): unknown => said.push(one);
  let hearMail = (_mail: AcceptedMail): void => undefined;
  const own = args.once ? null : (await import('./console/local-console.ts')).localConsole();
  const options: LocalCloudOptions = {
    onMail: (mail) => hearMail(mail),
    onFeedback: (one) => hear(one),
    onParked: (one) => report(parkedLine(one, start)),
    onNotice: (one) => report(noticeLine(one, start)),
    ...(args.verbose && { onLog: (name, line) => io.stderr.write(`[${name}] ${line}\n`) }),
  };
  const cloud = await startOn(args, io, own?.hearing(options) ?? options);
  const start = Date.now();
  let console: RunningConsole | null = null;
  try {
    console = own && (await openConsole(own, cloud, args, io));
    const addresses = { ...cloud.addresses, console: console?.address ?? null };
    report(readyLine(addresses));
    const end = await untilInterrupted(closeLoop(cloud, said, report), io.interrupted);
    if (end === null) return 130;
    report(end);
    if (args.once || !end.closed) return end.closed ? 0 : 1;
    hear = (one) => report(feedbackLine(one, start));
    hearMail = (mail) => report(acceptedLine(mail, start));
    if (!args.json) print(thingsToTry(addresses, paint));
    await untilInterrupted(new Promise<never>(() => undefined), io.interrupted);
    return 0;
  } finally {
    await console?.stop();
    await cloud.stop();
  }
}

/** The default port gives way to a free one; a port that was asked for does not. */
async function startOn(args: LocalArguments, io: RunIo, options: LocalCloudOptions): Promise<LocalCloud> {
  const all: LocalCloudOptions = {
    ...options,
    ...(args.functions !== null && { functions: args.functions }),
  };
  if (args.port !== null) return startLocalCloud({ ...all, port: args.port });
  return onDefaultPort(DEFAULT_PORT, 'the invoke API takes a free one; choose one with --port N', io, (port) =>
    startLocalCloud({ ...all, port }),
  );
}

/** Its port is its own, so only `--port 0` says something of it. */
async function openConsole(
  own: LocalConsole,
  cloud: LocalCloud,
  { port }: LocalArguments,
  io: RunIo,
): Promise<RunningConsole> {
  if (port === 0) return own.open(cloud, 0);
  return onDefaultPort(DEFAULT_CONSOLE_PORT, 'the console takes a free one', io, (port) => own.open(cloud, port));
}

/** A default port gives way to a free one, with a word about it. */
async function onDefaultPort<T>(
  port: number,
  instead: string,
  io: RunIo,
  start: (port: number) => Promise<T>,
): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'PORT_TAKEN') throw error;
    io.stderr.write(`Port ${port} is taken, so ${instead}.\n`);
    return start(0);
  }
}

async function closeLoop(
  cloud: LocalCloud,
  said: readonly Said[],
  report: (event: LoopEvent) => void,
): Promise<LoopEnd> {
  const start = performance.now();
  const seconds = () => Math.round(performance.now() - start) / 1000;
  try {
    await runClosedLoop(cloud, { said, report, patienceMs: PATIENCE_MS });
    return { event: 'loop', closed: true, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof LoopFailure)) throw error;
    const { step, code, message, remedy } = error;
    return { event: 'loop', closed: false, seconds: seconds(), step, code, message, remedy };
  }
}

/** What `work` comes to, or `null` when the person interrupts first. */
async function untilInterrupted<T>(work: Promise<T>, interrupted: AbortSignal): Promise<T | null> {
  work.catch(() => undefined);
  if (interrupted.aborted) return null;
  let stopWaiting = () => {};
  const interruption = new Promise<null>((resolve) => {
    stopWaiting = () => resolve(null);
    interrupted.addEventListener('abort', stopWaiting, { once: true });
  });
  try {
    return await Promise.race([work, interruption]);
  } finally {
    interrupted.removeEventListener('abort', stopWaiting);
  }
}
