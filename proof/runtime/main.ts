// npm run runtime: the built bundles, unchanged, under the Node that Lambda runs them with.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CheckResult, checks } from './checks.ts';
import { lambdaNode, NoLambdaNode } from './lambda-node.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `npm run runtime [-- --json] [-- --node PATH]

  --json       one JSON object: {"node","results":[{"check","ok","detail","seconds"}]}
  --node PATH  a Node 24 of your own; without it the npm package for this platform is installed into .runtime/

Exit 0 if every check held, 1 if one did not or there is no Node 24, 2 for a wrong option.`;

const ROOT = join(import.meta.dirname, '../..');

const { json, node, help } = (() => {
  try {
    const options = { json: { type: 'boolean' }, node: { type: 'string' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    process.exit(2);
  }
})();

async function main(): Promise<number> {
  const found = await lambdaNode(join(ROOT, '.runtime'), node ?? null);
  if (!json) process.stdout.write(`Node ${found.version}\n`);
  const results: CheckResult[] = [];
  for (const { check, run } of checks(found.node, ROOT)) {
    const start = performance.now();
    const result = { check, ...(await run()), seconds: Math.round((performance.now() - start) / 100) / 10 };
    results.push(result);
    if (!json)
      process.stdout.write(
        `${result.ok ? 'ok    ' : 'FAILED'}  ${check.padEnd(20)}  ${result.seconds.toFixed(1).padStart(5)} s  ${result.detail}\n`,
      );
  }
  if (json) process.stdout.write(`${JSON.stringify({ node: found.version, results })}\n`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

if (help) process.stdout.write(`${USAGE}\n`);
else
  process.exitCode = await main().catch((error: unknown) => {
    if (!(error instanceof NoLambdaNode)) throw error;
    process.stderr.write(`${error.name}: ${error.message}; ${error.remedy}\n`);
    return 1;
  });
