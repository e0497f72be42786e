import { CliError } from '../cli-error.ts';

/** A command that changes the list was told of a Region that has a copy of it. */
export const notTheHomeRegion = (table: string, home: string): CliError =>
  new CliError(
    'NotTheHomeRegion',
    `the list is written in ${home}, and "${table}" is a copy of it`,
    `Run it with --region ${home}.`,
  );
