import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { instrument, type Site } from './instrument.ts';

/** A change of the source, to see whether it is noticed. */
export interface Change {
  /** Path from the root of the project. */
  readonly file: string;
  /** Text that is in the file once. */
  readonly from: string;
  readonly to: string;
}

/** A function as it is deployed, all of its own source wrapped at every site, packages outside. */
export interface Program {
  readonly name: string;
  /** Makes it anew, as a new process would: called with the parameters {@link PROGRAM_PARAMETERS}. */
  readonly start: (...given: readonly unknown[]) => void;
  /** Whether it uses what a package exports under this name. */
  readonly uses: (name: string) => boolean;
  /** Sites by their numbers. */
  readonly sites: readonly Site[];
  /** The project's own files in it. */
  readonly files: readonly string[];
}

/** What a program is given in place of Node's own. */
export const PROGRAM_PARAMETERS = [
  'module',
  'exports',
  'require',
  'process',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  '__at',
  '__after',
] as const;

/** What tells a site from every other. */
export const siteName = (site: Site | undefined): string => `${site?.file}@${site?.at}`;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const changed = (file: string, source: string, changes: readonly Change[]): string =>
  changes
    .filter((change) => change.file === file)
    .reduce((text, { from, to }) => {
      if (text.split(from).length !== 2) throw new Error(`${file}: not exactly once: ${from}`);
      return text.replace(from, () => to);
    }, source);

/**
 * Builds a function from the very source that is deployed.
 *
 * @param name - folder of `lambda/`
 * @param changes - made before the build
 */
export const buildProgram = async (name: string, changes: readonly Change[] = []): Promise<Program> => {
  const sites: Site[] = [];
  const files: string[] = [];
  const wrapping: Plugin = {
    name: 'crash-sites',
    setup: (esbuild) => {
      esbuild.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = relative(ROOT, path);
        const source = changed(file, await readFile(path, 'utf8'), changes);
        // without a pause between counting and adding: files are loaded side by side
        const { code, sites: own } = instrument(file, source, sites.length);
        sites.push(...own);
        files.push(file);
        return { contents: code, loader: 'ts' };
      });
    },
  };
  const built = await build({
    absWorkingDir: ROOT,
    entryPoints: [`lambda/${name}/index.ts`],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins: [wrapping],
  });
  const [output] = built.outputFiles;
  if (output === undefined) throw new Error(`nothing was built of ${name}`);
  const start = new Function(...PROGRAM_PARAMETERS, output.text) as Program['start'];
  const names = new Set(output.text.match(/(?<=\.)[A-Za-z_$][\w$]*/g));
  return { name, start, uses: (each) => names.has(each), sites, files: files.sort() };
};
