import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_STACK } from './target.ts';

const url = (given: string): string => {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new InvalidArgumentError('Give an address such as http://127.0.0.1:9001.');
  return given;
};

const tableName = (given: string): string => {
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(given))
    throw new InvalidArgumentError('A table name has 3 to 255 letters, digits, _, - and dots.');
  return given;
};

const region = (given: string): string => {
  if (!/^[a-z0-9-]{3,32}$/.test(given)) throw new InvalidArgumentError('Give a Region such as eu-central-1.');
  return given;
};

const stackName = (given: string): string => {
  if (given.trim() === '') throw new InvalidArgumentError('Give the name of a stack.');
  return given;
};

/** The option that names a table instead of a stack. */
const tableOption = (flag: string, description: string): Option =>
  new Option(`${flag} <name>`, description).argParser(tableName).conflicts('stack');

const withTable = (command: Command, table?: Option): Command => {
  command.addOption(
    new Option('--stack <name>', 'the deployment, by the name of its stack')
      .default(DEFAULT_STACK)
      .argParser(stackName),
  );
  if (table !== undefined) command.addOption(table);
  return command
    .addOption(new Option('--region <region>', 'the AWS Region (default: as the AWS SDK finds it)').argParser(region))
    .addOption(
      new Option('--endpoint <url>', 'a local cloud: the address that `npm start` prints as lambda')
        .argParser(url)
        .conflicts(['stack', 'region']),
    );
};

/** Adds the options that say which deployment a command is about, where a table alone would not do. */
export const stackOptions = (command: Command): Command => withTable(command);

/** Adds the options that say which deployment's list a command is about. */
export const deploymentOptions = (command: Command): Command =>
  withTable(command, tableOption('--table', 'the list, by the name of its table'));

/** Adds the options that say which deployment's sends a command is about. */
export const messagesOptions = (command: Command): Command =>
  withTable(command, tableOption('--messages-table', 'what is remembered of sends, by the name of its table'));
