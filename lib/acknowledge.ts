import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Records why findings of cdk-nag are accepted at a construct and everything below it.
 *
 * @param findings - finding id, as in `AwsSolutions-SNS3` or `AwsSolutions-IAM5[Resource::*]`, and a reason that a
 * reviewer could disagree with
 * @example acknowledge(queue, { 'AwsSolutions-SQS3': 'this is a dead-letter queue' })
 */
export const acknowledge = (construct: IConstruct, findings: Readonly<Record<string, string>>): void =>
  Validations.of(construct).acknowledge(...Object.entries(findings).map(([id, reason]) => ({ id, reason })));
