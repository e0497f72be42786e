import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Env } from '../core/contract/index.ts';

/** Where unsubscribe links lead, and the secret that signs them. */
export interface LinkSource {
  /** `https://….lambda-url.….on.aws/`. */
  readonly url: string;
  /** ARN of the secret; of a copy, that of the home Region's. */
  readonly secret: string;
}

/**
 * Makes links that lead to another Region: its unsubscribe function takes them, and the secret is a copy that Secrets
 * Manager keeps here, at rotations too.
 */
export class UnsubscribeLinks {
  readonly #source: LinkSource;

  /** @throws if the secret is not an ARN */
  constructor(source: LinkSource) {
    if (Arn.split(source.secret, ArnFormat.COLON_RESOURCE_NAME).service !== 'secretsmanager')
      throw new Error(`home.unsubscribe.secret must be the ARN of a secret, got: ${source.secret}`);
    this.#source = source;
  }

  /**
   * Lets a function make links: `secretsmanager:GetSecretValue`, `SUPPRESSOR_UNSUBSCRIBE_URL` and
   * `SUPPRESSOR_UNSUBSCRIBE_SECRET`.
   */
  public grantLinks(fn: LambdaFunction): Grant {
    const { url, secret } = this.#source;
    const there = Arn.split(secret, ArnFormat.COLON_RESOURCE_NAME);
    // A copy has the ARN of the first, but for the Region.
    const here = Arn.format({ ...there, region: Stack.of(fn).region });
    fn.addEnvironment(Env.UNSUBSCRIBE_URL, url);
    fn.addEnvironment(Env.UNSUBSCRIBE_SECRET, here);
    return Grant.addToPrincipal({ grantee: fn, actions: ['secretsmanager:GetSecretValue'], resourceArns: [here] });
  }
}
