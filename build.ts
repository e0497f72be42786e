// Makes every bundle that is deployed or run: one folder a function in dist/, the command line, and what other programs
// import. The local cloud runs these very files, and the constructs upload them.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { BUNDLING, FUNCTIONS, functionBundle, LIBRARY } from './bundling.ts';

await rm('dist', { recursive: true, force: true });
await Promise.all([
  ...FUNCTIONS.map((name) => build(functionBundle(`lambda/${name}/index.ts`, `dist/${name}`))),
  build({ ...BUNDLING, target: 'node20', entryPoints: ['cli/main.ts'], outfile: 'dist/cli.mjs' }),
  build(LIBRARY),
]);
