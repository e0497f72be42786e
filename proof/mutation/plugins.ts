import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { CoreTestRunner } from './runner.ts';
import { wording } from './sentences.ts';

/** What Stryker loads: see stryker.config.mjs. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'core', CoreTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'sentences', {
    shouldIgnore: (path) => wording((path as { readonly node: object }).node),
  }),
];
