import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalError } from '../local-error.ts';

/**
 * URL of a function's bundle.
 *
 * @throws LocalError `FUNCTION_MISSING`
 */
export async function bundleUrl(directory: string, name: string): Promise<string> {
  const file = join(resolve(directory), name, 'index.mjs');
  try {
    await access(file);
  } catch (cause) {
    throw new LocalError(
      'FUNCTION_MISSING',
      `there is no bundle of the function ${name} at ${file}`,
      'make it with `npm run build`, or name another directory with --functions DIR',
      { cause },
    );
  }
  return pathToFileURL(file).href;
}
