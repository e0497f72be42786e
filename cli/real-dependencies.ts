import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { isatty } from 'node:tty';
import type { Dependencies } from './dependencies.ts';
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

/** What the commands touch, for real. What needs the SDK is loaded by the commands that need it. */
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
  openList: async (target) => (await import('./deployment/open-list.ts')).openList(target),
  openMessages: async (target) => (await import('./deployment/open-messages.ts')).openMessages(target),
});
