import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { pairwise } from './median.ts';
import { againstLimit, besideFloor, type Row } from './row.ts';
import { withFolder } from './subject.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const NOT_COPIED = new Set([
  'node_modules',
  'dist',
  'cdk.out',
  '.git',
  '.runtime',
  '.stryker-tmp',
  'reports',
  '.acceptance',
]);

/** Seconds a command takes. @throws if it fails: a failed run has no time */
const seconds = (command: string, args: readonly string[], cwd: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve((performance.now() - start) / 1000)
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}; run it by hand to see why`)),
    );
  });

/** `npm start` to the closed loop, build included; the floor is that build alone. */
export const firstLoop = async (): Promise<Row[]> => {
  const pair = await pairwise(
    3,
    () => seconds('npm', ['start', '--silent', '--', '--once', '--port', '0'], ROOT),
    () => seconds('npm', ['run', '--silent', 'build'], ROOT),
  );
  return [besideFloor('npm start to the closed loop', 's', pair, 15)];
};

/** `npm ci && npm test` in a fresh copy, once: minutes, so only when asked for. The floor is `npm ci` alone. */
export const cleanInstall = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    await cp(ROOT, folder, {
      recursive: true,
      filter: (path) => !NOT_COPIED.has(path.slice(ROOT.length).split('/')[0] ?? ''),
    });
    const install = await seconds('npm', ['ci', '--silent', '--no-audit', '--no-fund'], folder);
    const test = await seconds('npm', ['test', '--silent'], join(folder));
    return [againstLimit('npm ci && npm test', install + test, 's', install, 180)];
  });
