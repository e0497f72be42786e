/** The Region everything local pretends to be in; the functions' clients are given the same. */
export const REGION = 'us-east-1';

/** The account number of AWS's own documentation. */
export const ACCOUNT = '123456789012';

/** @example arn('sqs', 'feedback') // arn:aws:sqs:us-east-1:123456789012:feedback */
export const arn = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
