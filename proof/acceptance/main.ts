// npm run acceptance: deploys the stack into an imitation of AWS on this machine and proves it there.
import { Missing } from './acceptance-error.ts';
import { parseArguments } from './arguments.ts';
import { humanReport, jsonReport } from './report.ts';
import { accept } from './run.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const main = async (): Promise<number> => {
  const parsed = parseArguments(process.argv.slice(2), process.execPath);
  if (!('run' in parsed)) {
    process.stdout.write(parsed.out);
    process.stderr.write(parsed.err);
    return parsed.exitCode;
  }
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => interruption.abort());
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const report = parsed.run.json ? jsonReport(print) : humanReport(print, color);
  try {
    return await accept(parsed.run, { env: process.env, report, say, interrupted: interruption.signal });
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    say(`${error.message}.\n${error.remedy}`);
    if (parsed.run.ifPossible) say('The acceptance was not run.');
    return parsed.run.ifPossible ? 0 : 1;
  }
};

process.exitCode = await main();
