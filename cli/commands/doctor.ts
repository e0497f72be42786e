import { type Command, InvalidArgumentError } from 'commander';
import type { Dependencies } from '../dependencies.ts';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { examine } from '../doctor/examine.ts';
import { report } from '../doctor/report.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json-line.ts';

interface Options extends Target {
  readonly domain?: readonly string[];
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor doctor
  $ ses-suppressor doctor --domain news.ledger.example
  $ ses-suppressor doctor --json | jq -r 'select(.status == "wrong") | "\\(.about): \\(.fix)"'

Looks at everything a deployment depends on, and changes nothing. SES is asked once a second, so it takes some seconds.
What these credentials may not see is "unknown", never "ok", and says which permission it takes.

Exit codes: 0 nothing is wrong, whatever is worth a note or unknown; 1 it could not look at all; 3 something is wrong.`;

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

const domain = (given: string, before: readonly string[] = []): readonly string[] => {
  const name = given.toLowerCase();
  if (!DOMAIN.test(name)) throw new InvalidArgumentError('Give a domain such as ledger.example, IDN in its xn-- form.');
  return [...before, name];
};

const doctor = async (options: Options, deps: Dependencies): Promise<ExitCode> => {
  const progress = deps.progress('answers');
  const findings = await examine(options, deps, {
    domains: options.domain ?? [],
    onProgress: (done, total) => progress.show(done, total),
  }).finally(() => progress.end());
  if (options.json)
    for (const { check, status, about, message, fix } of findings)
      await deps.stdout.write(jsonLine({ check, status, about, message, fix }));
  else await deps.stdout.write(report(findings, deps.paint));
  return findings.some(({ status }) => status === 'wrong') ? Exit.NO : Exit.DONE;
};

/** Adds `doctor`. */
export const addDoctor = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  stackOptions(
    program
      .command('doctor')
      .summary('check a deployment: what is wrong, and how to mend it')
      .description('Checks a deployment from SES to the functions, and says what is wrong and how to mend it.')
      .option('--domain <domain>', 'look at this domain, too; may be given more than once', domain)
      .option('--json', 'one JSON line per finding'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => done(await doctor(options, deps)));
};
