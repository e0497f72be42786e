import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Tables } from './feedback/environment.ts';

/** Empty tables in a process of their own. */
export interface TableProcess<Names extends readonly string[]> {
  readonly tables: { readonly [I in keyof Names]: Tables };
  stop(): Promise<void>;
}

/**
 * Starts a process that serves DynamoDB on loopback ports, one for each name.
 *
 * @param names - of the suppression tables, at least 3 characters each
 * @throws if the process ends before it serves
 */
export const startTables = async <const Names extends readonly string[]>(
  ...names: Names
): Promise<TableProcess<Names>> => {
  const script = fileURLToPath(new URL('./table-server.ts', import.meta.url));
  const child = fork(script, [...names], { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit');
  const tables = await Promise.race([
    once(child, 'message').then(([told]) => told as TableProcess<Names>['tables']),
    ended.then(([code]) => {
      throw new Error(`the process of the tables ended with ${code}`);
    }),
  ]);
  return {
    tables,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
};
