import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import { FUNCTIONS } from '../../bundling.ts';
import { functionEnvironment } from '../../local/functions/function-environment.ts';
import { LOCAL_FUNCTIONS } from '../../local/functions/local-function.ts';

/** What one check of the runtime came to. */
export interface CheckResult {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly seconds: number;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

/** Runs a program to its end; both of its outputs together. */
const ended = (node: string, args: readonly string[], root: string, env = process.env): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    const keep = (text: string) => {
      out += text;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
const json = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

const FoundSchema = v.looseObject({ file: v.string() });
/** A handler as Lambda's Node 24 wants it: asynchronous, and without the callback it no longer calls. */
const UsableSchema = v.object({
  handler: v.literal('function'),
  async: v.literal(true),
  parameters: v.picklist([0, 1, 2]),
});

/**
 * Judges what the Node under test printed of each bundle.
 *
 * @param out - the output of `handlers.mjs`
 * @param files - the bundles it was given
 */
export const judgeHandlers = (
  out: string,
  files: readonly string[],
): { readonly ok: boolean; readonly detail: string } => {
  const found = lines(out)
    .map(json)
    .filter((one) => v.is(FoundSchema, one));
  const faults = files.flatMap((file) => {
    const one = found.find((line) => line.file === file);
    if (one === undefined) return [`${file} printed nothing`];
    return v.is(UsableSchema, one) ? [] : [`${file}: ${JSON.stringify(one)}`];
  });
  return faults.length === 0
    ? { ok: true, detail: `${files.length} loaded, each an asynchronous handler without a callback` }
    : { ok: false, detail: faults.join('\n') };
};

const LoopSchema = v.looseObject({ event: v.literal('loop'), closed: v.boolean(), seconds: v.number() });

/** Judges the NDJSON of `local/main.ts --once --json`. */
export const judgeLoop = ({ code, out }: Ended): { readonly ok: boolean; readonly detail: string } => {
  const end = lines(out)
    .map(json)
    .find((one) => v.is(LoopSchema, one));
  if (code === 0 && end?.closed) return { ok: true, detail: `the loop closed in ${end.seconds.toFixed(1)} s` };
  return { ok: false, detail: lines(out).slice(-5).join('\n') || `ended with ${code} and said nothing` };
};

/** Judges a run of jest by its summary. */
export const judgeTests = ({ code, out }: Ended): { readonly ok: boolean; readonly detail: string } => {
  const summary = lines(out).find((line) => line.startsWith('Tests:')) ?? '';
  return code === 0 && /[1-9]\d* passed/.test(summary)
    ? { ok: true, detail: summary.replace(/^Tests:\s*/, '') }
    : { ok: false, detail: lines(out).slice(-40).join('\n') };
};

const NOWHERE = 'http://127.0.0.1:1/';
/** What the functions find when they start; nothing is called before an event comes. */
const ENVIRONMENT = Object.assign(
  {},
  ...LOCAL_FUNCTIONS.map((name) =>
    functionEnvironment(name, {
      ...{ dynamodb: NOWHERE, ses: NOWHERE, sqs: NOWHERE, secrets: NOWHERE, cloudwatch: NOWHERE, sns: NOWHERE },
      ...{ table: 'runtime', messages: 'runtime', alarmTopic: 'runtime', lambda: NOWHERE, policy: {}, streams: [] },
      ...{ deadLetterQueue: NOWHERE, sendQueue: NOWHERE, sendDeadLetterQueue: NOWHERE },
      ...{ unsubscribe: NOWHERE, unsubscribeSecret: 'runtime', configurationSets: ['runtime'] },
    }),
  ),
) as Record<string, string>;

/** A check by name; it runs when asked. */
export interface Check {
  readonly check: string;
  readonly run: () => Promise<{ readonly ok: boolean; readonly detail: string }>;
}

/**
 * The checks, in order: the built bundles load, the loop closes, and every test that runs deployed bundles passes.
 *
 * @param node - the Node under test
 * @param root - the checkout
 */
export const checks = (node: string, root: string): readonly Check[] => {
  const bundles = FUNCTIONS.map((name) => join(root, 'dist', name, 'index.mjs'));
  const jest =
    (config: string, ...patterns: readonly string[]) =>
    async () =>
      judgeTests(await ended(node, ['node_modules/jest/bin/jest.js', '-w', '1', '-c', config, ...patterns], root));
  return [
    {
      check: 'bundles',
      run: async () =>
        judgeHandlers((await ended(node, ['proof/runtime/handlers.mjs', ...bundles], root, ENVIRONMENT)).out, bundles),
    },
    {
      check: 'loop',
      run: async () =>
        judgeLoop(await ended(node, ['--import', 'tsx', 'local/main.ts', '--once', '--json', '--port', '0'], root)),
    },
    {
      check: 'bundles under faults',
      run: jest('jest.config.cjs', 'test/local/(loop|breaker|sending|functions)', 'test/local/secrets'),
    },
    { check: 'queue', run: jest('jest.long.cjs', 'test/local/queued') },
  ];
};
