import { parseArguments } from './arguments.ts';
import { LocalError } from './local-error.ts';
import { run } from './run.ts';

// The SDK warns about the version of Node; that is not for whoever looks at the loop.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

async function main(): Promise<number> {
  const parsed = parseArguments(process.argv.slice(2));
  if (!('run' in parsed)) {
    process.stdout.write(parsed.out);
    process.stderr.write(parsed.err);
    return parsed.exitCode;
  }
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort());
  // a reader that went away, such as `head`, is no different from Ctrl-C
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => interruption.abort());
  try {
    const { stdout, stderr, env } = process;
    return await run(parsed.run, { stdout, stderr, env, interrupted: interruption.signal });
  } catch (error) {
    if (!(error instanceof LocalError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n${error.remedy}\n`);
    return 1;
  }
}

process.exitCode = await main();
