import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readConfiguration, SuppressorStack } from '../lib/index.ts';

const app = new App();
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
