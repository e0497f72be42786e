/**
 * The bare name in what a caller may give for a function: a name, a partial or a full ARN, each with a qualifier or not.
 *
 * @example functionName('arn:aws:lambda:us-east-1:123456789012:function:send:live') // send
 */
export function functionName(given: string): string {
  const [, afterArn] = /(?:^|:)function:(.*)$/.exec(given) ?? [];
  return (afterArn ?? given).split(':')[0] ?? '';
}
