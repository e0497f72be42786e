import { neverOpened } from '../../adapters/never-opened.ts';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/printable.ts';

interface Known {
  readonly code: string;
  readonly fits: (error: Error) => boolean;
  /** Absent: AWS's own words. */
  readonly message?: string;
  readonly remedy: string;
}

const named =
  (...names: readonly string[]): Known['fits'] =>
  (error) =>
    names.includes(error.name);

/** What AWS and its SDK are known to refuse or to miss; the first that fits is told. */
const KNOWN: readonly Known[] = [
  {
    code: 'NoRegion',
    fits: (error) => error.message.includes('Region is missing'),
    message: 'no AWS Region is set',
    remedy: 'Give --region, or set AWS_REGION.',
  },
  {
    code: 'NoCredentials',
    fits: (error) =>
      named('CredentialsProviderError', 'ProviderError', 'TokenProviderError')(error) ||
      error.message.includes('Could not load credentials'),
    message: 'no usable AWS credentials were found',
    remedy: 'Log in (such as `aws sso login`), or set AWS_PROFILE or the AWS_ACCESS_KEY_ID variables.',
  },
  {
    code: 'CredentialsRefused',
    fits: named(
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
    ),
    remedy: 'Log in again; the credentials are expired or belong to another account or partition.',
  },
  {
    code: 'AccessDenied',
    fits: named('AccessDenied', 'AccessDeniedException'),
    remedy:
      'Ask for cloudformation:DescribeStacks on the stack, and dynamodb:BatchGetItem and dynamodb:Query on the table and dynamodb:Query on its index; for `message`, dynamodb:GetItem on the table of messages; for `add`, `allow`, `remove`, `forget` and `import`, dynamodb:PutItem; for `forget --unblock`, dynamodb:DeleteItem; for `remove`, ses:DeleteSuppressedDestination (of a selection, ses:ListSuppressedDestinations too); for `export`, dynamodb:Scan; for `sync`, both, ses:ListSuppressedDestinations and ses:PutSuppressedDestination, and with a bucket ses:CreateImportJob, ses:GetImportJob, s3:PutObject and s3:DeleteObject.',
  },
  {
    code: 'BucketUnusable',
    fits: named('NoSuchBucket', 'PermanentRedirect', 'AuthorizationHeaderMalformed'),
    remedy: 'Mend --import-bucket: it must exist, in the Region of the list.',
  },
  {
    code: 'TableNotFound',
    fits: named('ResourceNotFoundException'),
    message: 'the table does not exist in this Region',
    remedy: 'Mend --table (for `message`, --messages-table), --stack or --region; the names are outputs of the stack.',
  },
  {
    code: 'NotASuppressionTable',
    fits: (error) => named('ValidationException')(error) && /index|key|schema/i.test(error.message),
    remedy: 'Mend --table: this table has not the keys and the index of a suppression table.',
  },
  {
    code: 'EntryUnreadable',
    fits: named('EntryUnreadable'),
    remedy: 'Until it is mended, nobody can say whether this address may be mailed.',
  },
  {
    code: 'RecordUnreadable',
    fits: named('RecordUnreadable'),
    remedy: 'Another version or another program wrote the item; use the command of the version that is deployed.',
  },
  {
    code: 'AwsThrottled',
    fits: named('ThrottlingException', 'Throttling', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'),
    remedy: 'Wait a little and run it again.',
  },
  {
    code: 'AwsUnreachable',
    fits: (error) => neverOpened(error) || named('TimeoutError', 'NetworkingError')(error),
    remedy: 'Check the network, --region and --endpoint, and run it again.',
  },
];

/**
 * What kept AWS from answering, with a code of ours and what to do about it.
 *
 * @returns the error itself if it is told for people already
 */
export const awsFault = (fault: unknown): CliError => {
  if (fault instanceof CliError) return fault;
  const error = fault instanceof Error ? fault : new Error(String(fault));
  const known = KNOWN.find(({ fits }) => fits(error));
  const text = printable(error.message || error.name);
  const options = { cause: error };
  if (known !== undefined) return new CliError(known.code, known.message ?? text, known.remedy, undefined, options);
  return '$metadata' in error
    ? new CliError('AwsFailed', `${error.name}: ${text}`, 'That is what AWS said; run it again.', undefined, options)
    : new CliError(
        'ListUnreadable',
        text,
        'Run it again: what was written stays, and doing it twice is harmless.',
        undefined,
        options,
      );
};
