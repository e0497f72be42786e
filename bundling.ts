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
