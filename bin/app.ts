import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readConfiguration, SuppressorStack } from '../lib/index.ts';

const build = (app: App): void => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const { stackName, region, account, ...options } = readConfiguration(app.node);
  const env = {
    region: region ?? process.env.CDK_DEFAULT_REGION,
    account: account ?? process.env.CDK_DEFAULT_ACCOUNT,
  };
  new SuppressorStack(app, stackName, {
    ...options,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  });
};

try {
  build(new App());
} catch (fault) {
  // A wrong configuration is no bug of the app's: its message names value and remedy, and a stack trace would hide it.
  const { message, stack } = fault instanceof Error ? fault : new Error(String(fault));
  process.stderr.write(`${process.env.CDK_DEBUG === undefined ? message : stack}\n`);
  process.exit(1);
}
