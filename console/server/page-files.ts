import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CliError } from '../../cli/cli-error.ts';

/** One file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The page, by the path that a browser asks for. */
export type Page = ReadonlyMap<string, PageFile>;

const FILES = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/app.js', 'app.js', 'text/javascript; charset=utf-8'],
  ['/app.css', 'app.css', 'text/css; charset=utf-8'],
] as const;

/** Beside the bundle that this is a part of; run from the sources, where the bundles are. */
const BUILT = fileURLToPath(
  new URL(import.meta.url.endsWith('/page-files.ts') ? '../../dist/console/' : 'console/', import.meta.url),
);

/**
 * Reads the page that `npm run build` made.
 *
 * @throws CliError `ConsoleNotBuilt`
 */
export const readPage = async (directory = BUILT): Promise<Page> => {
  const read = FILES.map(async ([path, name, type]): Promise<[string, PageFile]> => {
    const body = await readFile(`${directory}/${name}`);
    return [path, { type, body: new Uint8Array(body) }];
  });
  try {
    return new Map(await Promise.all(read));
  } catch (cause) {
    throw new CliError(
      'ConsoleNotBuilt',
      'the page of the console has not been built',
      'Run `npm run build`.',
      undefined,
      { cause },
    );
  }
};
