import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { isatty } from 'node:tty';
import type { Dependencies } from './dependencies.ts';
import { realFiles } from './files.ts';
import { interruption } from './interrupted.ts';
import { paintFor } from './output/paint.ts';
import { progressOn } from './output/progress.ts';
import { outputOn } from './standard-output.ts';

/** The person's name on this machine; some systems have none. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
};

/** What the commands touch, for real. What needs the SDK, or a server, is loaded by the commands that need it. */
export const realDependencies = (): Dependencies => ({
  stdout: outputOn(process.stdout),
  stderr: outputOn(process.stderr),
  stdin: () => process.stdin,
  stdinIsTerminal: isatty(0),
  now: Date.now,
  paint: paintFor(process.stdout.isTTY ?? false, process.env),
  progress: progressOn(process.stderr),
  operator: userName(),
  openFile: (path) => createReadStream(path),
  files: realFiles,
  sleep: (millis) => wait(millis),
  openList: async (target) => (await import('./deployment/open-list.ts')).openList(target),
  openMessages: async (target) => (await import('./deployment/open-messages.ts')).openMessages(target),
  openLetters: async (target, box) => (await import('./deployment/open-letters.ts')).openLetters(target, box),
  openMetrics: async (target) => (await import('./deployment/open-metrics.ts')).openMetrics(target),
  openSwitches: async (target) => (await import('./deployment/open-switches.ts')).openSwitches(target),
  openAccountList: async (target, region) =>
    (await import('./deployment/open-account-list.ts')).openAccountList(target, region),
  openImportJobs: async (target, region, bucket) =>
    (await import('./deployment/open-import-jobs.ts')).openImportJobs(target, region, bucket),
  openDoctor: async (target) => (await import('./deployment/open-doctor.ts')).openDoctor(target),
  openSender: async (target) => (await import('./deployment/open-sender.ts')).openSender(target),
  serveConsole: async (target, port, deps) =>
    (await import('../console/server/serve-deployment.ts')).serveDeployment(target, port, deps),
  interrupted: () => interruption(process),
});
