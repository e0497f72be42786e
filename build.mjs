// Makes every bundle that is deployed or run: one folder a function in dist/, and the command line.
// The local cloud runs these very files, and the constructs upload them.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const FUNCTIONS = ['feedback', 'send', 'wiring'];

await rm('dist', { recursive: true, force: true });
const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
};
await Promise.all([
  ...FUNCTIONS.map((name) =>
    build({
      ...shared,
      target: 'node24',
      entryPoints: [`lambda/${name}/index.ts`],
      outfile: `dist/${name}/index.mjs`,
    }),
  ),
  build({ ...shared, target: 'node20', entryPoints: ['cli/main.ts'], outfile: 'dist/cli.mjs' }),
]);
