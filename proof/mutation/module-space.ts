import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';

/** What a module's `require` gives for a name that is no path: a package or a part of Node. */
export type Packages = (name: string) => unknown;

type Body = (
  exports: object,
  require: Packages,
  module: { exports: object },
  dirname: string,
  filename: string,
) => void;

/** Loads a file and all it imports anew. */
export interface Loading {
  /** Every file that was loaded, relative to the root. */
  readonly files: ReadonlySet<string>;
  /** @throws whatever the file throws while it loads. */
  readonly load: (file: string) => void;
}

/**
 * The TypeScript modules under one folder, compiled once and run as often as wanted: each loading starts from nothing,
 * so no state of a module outlives it, and costs a few milliseconds. Packages are shared by all of them.
 *
 * The compiler is the one of the jest configuration, with the same settings.
 */
export const moduleSpace = (
  root: string,
): { readonly loading: (packages?: (require: Packages) => Packages) => Loading } => {
  const bodies = new Map<string, Body>();
  const fromRoot: Packages = createRequire(resolve(root, 'package.json'));

  const bodyOf = (path: string): Body => {
    const known = bodies.get(path);
    if (known !== undefined) return known;
    const { code } = transformSync(readFileSync(path, 'utf8'), {
      filename: path,
      swcrc: false,
      sourceMaps: false,
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    const parameters = ['exports', 'require', 'module', '__dirname', '__filename'];
    const body: Body = compileFunction(code, parameters, { filename: path }) as Body;
    bodies.set(path, body);
    return body;
  };

  return {
    loading: (wrap = (require) => require) => {
      const packages = wrap(fromRoot);
      const modules = new Map<string, { exports: object }>();
      const files = new Set<string>();
      const load = (path: string): object => {
        const started = modules.get(path);
        if (started !== undefined) return started.exports;
        const module = { exports: {} };
        modules.set(path, module);
        files.add(relative(root, path));
        if (path.endsWith('.json')) return Object.assign(module.exports, JSON.parse(readFileSync(path, 'utf8')));
        const folder = dirname(path);
        const require: Packages = (name) => (name.startsWith('.') ? load(resolve(folder, name)) : packages(name));
        bodyOf(path)(module.exports, require, module, folder, path);
        return module.exports;
      };
      return { files, load: (file) => void load(resolve(root, file)) };
    },
  };
};
