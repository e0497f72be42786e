// Makes every bundle that is deployed or run: one folder a function in dist/, the command line, the console's page, and
// what other programs import. The local cloud runs these very files, and the constructs upload them.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { COMMAND_LINE, FUNCTIONS, functionBundle, LIBRARY } from './bundling.ts';
import { buildPage } from './console/build-page.ts';

await rm('dist', { recursive: true, force: true });
await Promise.all([
  ...FUNCTIONS.map((name) => build(functionBundle(`lambda/${name}/index.ts`, `dist/${name}`))),
  build(COMMAND_LINE),
  build(LIBRARY),
  buildPage(),
]);
