import './node-require.ts';
import { createReadStream } from 'node:fs';
import { isatty } from 'node:tty';
import type { Dependencies } from './dependencies.ts';
import { paintFor } from './output/paint.ts';
import { run } from './run.ts';
import { outputOn } from './standard-output.ts';

// the SDK reads this when the first client is made, which is later
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const dependencies: Dependencies = {
  stdout: outputOn(process.stdout),
  stderr: outputOn(process.stderr),
  stdin: () => process.stdin,
  stdinIsTerminal: isatty(0),
  now: Date.now,
  paint: paintFor(process.stdout.isTTY ?? false, process.env),
  openFile: (path) => createReadStream(path),
  // the SDK is loaded by the commands that need it
  openList: async (target) => (await import('./deployment/open-list.ts')).openList(target),
  openMessages: async (target) => (await import('./deployment/open-messages.ts')).openMessages(target),
};

process.exitCode = await run(process.argv.slice(2), dependencies);
