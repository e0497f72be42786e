import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Change, fitTemplate, type Template } from './fit-template.ts';

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
}

/** A cloud assembly that ministack takes. */
export interface Fitted {
  /** As it was synthesised. */
  readonly original: Template;
  readonly deployed: Template;
  readonly changes: readonly Change[];
}

/**
 * Copies a cloud assembly with the template of one stack made fit. The CDK finds a template by its hash, so the copy has
 * its own.
 *
 * @param from - what `cdk synth` wrote
 * @param to - a folder that is not there yet
 */
export const fitAssembly = async (from: string, to: string, stack: string): Promise<Fitted> => {
  await cp(from, to, { recursive: true });
  const file = `${stack}.template.json`;
  const original = JSON.parse(await readFile(join(from, file), 'utf8')) as Template;
  const { template, changes } = fitTemplate(original);
  const text = JSON.stringify(template, null, 1);
  await writeFile(join(to, file), text);
  const assets = JSON.parse(await readFile(join(from, `${stack}.assets.json`), 'utf8')) as AssetManifest;
  const before = Object.entries(assets.files).find(([, { source }]) => source.path === file)?.[0];
  if (before === undefined) throw new Error(`${stack}.assets.json does not name ${file}`);
  const after = createHash('sha256').update(text).digest('hex');
  for (const name of [`${stack}.assets.json`, 'manifest.json']) {
    const content = await readFile(join(to, name), 'utf8');
    await writeFile(join(to, name), content.replaceAll(before, after));
  }
  return { original, deployed: template, changes };
};
