import { DEFAULT_STACK, type Target } from './target.ts';

const quoted = (word: string): string => (/^[\w.:/@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * A command about the same deployment, as a person would type it.
 *
 * @example commandLine('doctor', { stack: 'Mail', region: 'eu-west-1' }) // 'ses-suppressor doctor --stack Mail --region eu-west-1'
 */
export const commandLine = (command: string, { stack, region, endpoint }: Target): string =>
  [
    `ses-suppressor ${command}`,
    ...(endpoint === undefined ? [] : ['--endpoint', quoted(endpoint)]),
    ...(stack === DEFAULT_STACK || endpoint !== undefined ? [] : ['--stack', quoted(stack)]),
    ...(region === undefined ? [] : ['--region', quoted(region)]),
  ].join(' ');
