import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { functionBundle } from '../bundling.ts';

const run = promisify(execFile);
const ROOT = new URL('..', import.meta.url).pathname;

/** A folder that is gone when the work in it is done. */
export const withFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'suppressor-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * Bundles a source as a deployed function is bundled.
 *
 * @param more - what it needs beside
 * @returns the file to import
 */
export const bundleLikeAFunction = async (
  source: string | { readonly text: string },
  outdir: string,
  more: BuildOptions = {},
): Promise<string> => {
  const options = functionBundle('', outdir);
  const entry: BuildOptions =
    typeof source === 'string'
      ? { entryPoints: { index: source } }
      : { stdin: { contents: source.text, resolveDir: ROOT, loader: 'ts' }, entryNames: 'index' };
  const { entryPoints: _none, ...rest } = options;
  await build({ ...rest, ...entry, ...more });
  return join(outdir, 'index.mjs');
};

/**
 * Runs a bundled file in a Node of its own and reads the JSON it prints.
 *
 * @param args - flags of Node that stand before the file end in `--`; all of them do if there is none
 */
export const runBundle = async (file: string, ...args: readonly string[]): Promise<unknown> => {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const { stdout } = await run(process.execPath, [...args.slice(0, end), file, ...args.slice(end + 1)]);
  return JSON.parse(stdout);
};

/** Milliseconds that importing this file takes in a fresh Node. */
export const timeImport = async (file: string, env: NodeJS.ProcessEnv): Promise<number> => {
  const code = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now() - t)); process.exit(0);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { env });
  return Number(stdout);
};
