#!/usr/bin/env node
// The command as npm installs it: the built bundle, or in a checkout that is not built the sources through tsx.
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/cli.mjs', import.meta.url);
if (existsSync(bundle)) await import(bundle.href);
else {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: false });
  await import('./main.ts');
}
