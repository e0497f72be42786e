// Makes every bundle that is deployed or run: one folder a function in dist/, and the command line.
// The local cloud runs these very files, and the constructs upload them.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { BUNDLING, FUNCTIONS, functionBundle } from './bundling.ts';

await rm('dist', { recursive: true, force: true });
await Promise.all([
  ...FUNCTIONS.map((name) => build(functionBundle(`lambda/${name}/index.ts`, `dist/${name}`))),
  build({ ...BUNDLING, target: 'node20', entryPoints: ['cli/main.ts'], outfile: 'dist/cli.mjs' }),
]);
