// Makes the console's page: `node --import tsx console/build-page.ts` makes it alone and tells its size.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'dist/console');
const FILES = ['index.html', 'app.js', 'app.css'];

/** What the whole page may weigh, in bytes after gzip. */
export const PAGE_BUDGET_BYTES = 100_000;

const PAGE: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.html': 'copy' },
  entryPoints: { app: 'console/page/main.tsx', index: 'console/page/index.html' },
  outdir: OUT,
  write: false,
};

/** One file of the page: its name, and its bytes as they are and after gzip. */
export interface PageFile {
  readonly name: string;
  readonly bytes: number;
  readonly gzipped: number;
}

/**
 * Makes `index.html`, `app.js` and `app.css` in `dist/console`.
 *
 * @throws Error if the page weighs more than {@link PAGE_BUDGET_BYTES}, or is not these three files
 */
export const buildPage = async (): Promise<readonly PageFile[]> => {
  const { outputFiles = [] } = await build(PAGE);
  const names = outputFiles.map(({ path }) => basename(path)).sort();
  if (names.join() !== [...FILES].sort().join())
    throw new Error(`the page should be ${FILES.join(', ')}; it is ${names.join(', ')}`);
  const files = outputFiles.map(({ path, contents }) => ({
    name: basename(path),
    bytes: contents.length,
    gzipped: gzipSync(contents, { level: 9 }).length,
  }));
  const gzipped = files.reduce((sum, file) => sum + file.gzipped, 0);
  if (gzipped > PAGE_BUDGET_BYTES)
    throw new Error(`the page weighs ${gzipped} bytes after gzip; it may weigh ${PAGE_BUDGET_BYTES}`);
  await mkdir(OUT, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
  return files;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await buildPage();
  const all = {
    name: 'all',
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    gzipped: files.reduce((sum, file) => sum + file.gzipped, 0),
  };
  for (const { name, bytes, gzipped } of [...files, all])
    console.log(`${name.padEnd(12)}${String(bytes).padStart(8)} bytes${String(gzipped).padStart(8)} gzipped`);
  console.log(`${'may be'.padEnd(12)}${String(PAGE_BUDGET_BYTES).padStart(22)} gzipped`);
}
