import { parseArgs } from 'node:util';

/** How the program is called. */
export const USAGE = `npm run acceptance [-- OPTIONS]

Deploys the stack with the plain CDK into ministack, an imitation of AWS on this machine, and proves it there: the
command line, the closed loop, attachments, unsubscribe, the send queue, the circuit breaker, an update, destroy, adoption.
Needs Python 3.10 or newer with venv and pip, openssl, and PyPI the first time; no Docker, no account of AWS.

  --json         NDJSON: one line a step, the last one the totals
  --keep         does not destroy the last stack, and leaves everything up until Ctrl-C
  --if-possible  exit 0, with a word about it, where Python, openssl or PyPI are missing
  --node FILE    the Node that runs the functions (default: the one that runs this)
  --seed N       chooses the waits and the bytes (default: 1)
  --help         this

Exit codes: 0 every step ok; 1 a step failed, or something is missing; 2 usage; 130 interrupted.`;

/** What the program is to do. */
export interface AcceptanceArguments {
  readonly json: boolean;
  readonly keep: boolean;
  readonly ifPossible: boolean;
  readonly node: string;
  readonly seed: number;
}

/** What the command line comes to: a run, or something to print and an exit code. */
export type Parsed =
  | { readonly run: AcceptanceArguments }
  | { readonly out: string; readonly err: string; readonly exitCode: 0 | 2 };

/** Reads the command line. @param node - the Node unless another is given */
export const parseArguments = (args: readonly string[], node: string): Parsed => {
  const wrong = (message: string): Parsed => ({ out: '', err: `${message}\n\n${USAGE}\n`, exitCode: 2 });
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        'if-possible': { type: 'boolean', default: false },
        node: { type: 'string', default: node },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { out: `${USAGE}\n`, err: '', exitCode: 0 };
    if (!/^\d{1,9}$/.test(values.seed)) return wrong(`--seed must be a whole number, got: ${values.seed}`);
    const { json, keep } = values;
    return { run: { json, keep, ifPossible: values['if-possible'], node: values.node, seed: Number(values.seed) } };
  } catch (error) {
    return wrong((error as Error).message);
  }
};
