import type { Construct } from 'constructs';

/** CDK context key: a fixed value for what otherwise differs at each synth. Tests set it, so that templates compare. */
export const DEPLOYMENT_CONTEXT = 'ses-suppressor:deployment';

/**
 * A value that differs at each synth: CloudFormation calls a custom resource only when a property has changed, and SES
 * un-wires identities without changing any template.
 */
export const deploymentId = (scope: Construct): string => {
  const fixed: unknown = scope.node.tryGetContext(DEPLOYMENT_CONTEXT);
  return typeof fixed === 'string' ? fixed : new Date().toISOString();
};
