import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * CDK context key: the folder that holds a bundle a function (`feedback/index.mjs`, `send/…`, `wiring/…`). Tests point
 * it at a folder of their own; without it the bundles are those of this package, in `dist/`.
 */
export const BUNDLES_CONTEXT = 'ses-suppressor:bundles';

/** Functions that `npm run build` makes a bundle for. */
export type BundleName = 'feedback' | 'send' | 'queue' | 'unsubscribe' | 'rotation' | 'wiring' | 'breaker';

/**
 * The built code of a function, as an asset.
 *
 * @throws if it has not been built; the message names the command
 */
export const bundle = (scope: Construct, name: BundleName): Code => {
  const root: unknown = scope.node.tryGetContext(BUNDLES_CONTEXT);
  const folder = typeof root === 'string' ? resolve(root, name) : join(import.meta.dirname, '..', 'dist', name);
  if (!existsSync(join(folder, 'index.mjs')))
    throw new Error(`no bundle of the ${name} function, got: ${folder} without index.mjs; run \`npm run build\` first`);
  return Code.fromAsset(folder);
};
