import { Annotations, App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readConfiguration, SuppressorRegionStack, SuppressorStack } from '../lib/index.ts';

const build = (app: App): void => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const { stackName, region, account, home, ...options } = readConfiguration(app.node);
  const known = {
    region: region ?? process.env.CDK_DEFAULT_REGION,
    account: account ?? process.env.CDK_DEFAULT_ACCOUNT,
  };
  const env = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  const { sender } =
    home === undefined
      ? new SuppressorStack(app, stackName, { ...options, env })
      : new SuppressorRegionStack(app, stackName, { ...options, home, env }).sending;
  if (sender.senders.length === 0)
    Annotations.of(sender).addWarningV2(
      'ses-suppressor:no-senders',
      'nobody may send: add "senders" (addresses or @domains) to the configuration; feedback is read all the same',
    );
};

try {
  build(new App());
} catch (fault) {
  // A wrong configuration is no bug of the app's: its message names value and remedy, and a stack trace would hide it.
  const { message, stack } = fault instanceof Error ? fault : new Error(String(fault));
  process.stderr.write(`${process.env.CDK_DEBUG === undefined ? message : stack}\n`);
  process.exit(1);
}
