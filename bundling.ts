import type { BuildOptions } from 'esbuild';

/** The functions that are deployed, one folder of `lambda/` and of `dist/` each. */
export const FUNCTIONS = ['feedback', 'send', 'queue', 'unsubscribe', 'rotation', 'wiring', 'breaker'] as const;

/** How every bundle is made: ES modules, minified, the AWS SDK inside, so that what was tested is what runs. */
export const BUNDLING = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** A bundle for a Lambda function: what is only needed now and then stays in files of its own, loaded when it is. */
export const functionBundle = (entry: string, outdir: string): BuildOptions => ({
  ...BUNDLING,
  target: 'node24',
  entryPoints: { index: entry },
  outdir,
  splitting: true,
  outExtension: { '.js': '.mjs' },
});

/** commander is CommonJS; bundled into an ES module it asks a global `require` for Node's own modules. */
export const NODE_REQUIRE = {
  js: "import{createRequire as nodeRequire}from'node:module';globalThis.require??=nodeRequire(import.meta.url);",
};

/** The command line: what some commands need, such as the console's server, stays in files of its own, too. */
export const COMMAND_LINE: BuildOptions = {
  ...BUNDLING,
  target: 'node20',
  entryPoints: { cli: 'cli/main.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'cli-[hash]',
  outExtension: { '.js': '.mjs' },
  banner: NODE_REQUIRE,
};

/** What other programs import, beside the packages it needs: the list in process, and the constructs. */
export const LIBRARY: BuildOptions = {
  ...BUNDLING,
  minify: false,
  target: 'node20',
  packages: 'external',
  entryPoints: { index: 'adapters/index.ts', cdk: 'lib/index.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'library-[hash]',
  outExtension: { '.js': '.mjs' },
};
