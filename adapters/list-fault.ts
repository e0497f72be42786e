import { quote } from '../core/text.ts';
import { ListUnavailable } from './list-error.ts';

/** A cause that doing it again does not mend. */
interface Lasting {
  readonly fits: (error: Error) => boolean;
  /** What is wrong, and the remedy. */
  readonly words: (error: Error, table: string) => string;
}

const named =
  (...names: readonly string[]): Lasting['fits'] =>
  ({ name }) =>
    names.includes(name);

/** What AWS and its SDK are known to refuse or to miss for good; the first that fits is told. */
const LASTING: readonly Lasting[] = [
  {
    fits: ({ message }) => /^Region (?:is missing|not accepted)/.test(message),
    words: () => 'no AWS Region is set; set AWS_REGION, or give a client that has one',
  },
  {
    fits: (error) =>
      named('CredentialsProviderError', 'ProviderError', 'TokenProviderError')(error) ||
      error.message.includes('Could not load credentials'),
    words: () =>
      'no AWS credentials were found; give the program a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  {
    fits: named(
      'ExpiredTokenException',
      'InvalidSignatureException',
      'MissingAuthenticationTokenException',
      'UnrecognizedClientException',
    ),
    words: ({ message }) => `AWS did not accept the credentials: ${message}; renew them`,
  },
  {
    fits: named('AccessDeniedException'),
    words: ({ message }, table) =>
      `${message}; allow dynamodb:BatchGetItem on the table ${quote(table)}, and dynamodb:PutItem if you write`,
  },
  {
    fits: named('ResourceNotFoundException'),
    words: (_error, table) =>
      `there is no table ${quote(table)} in this account and Region; use the stack's output TableName, and its Region`,
  },
  {
    fits: named('ValidationException'),
    words: ({ message }, table) =>
      `DynamoDB says of the table ${quote(table)}: ${message}; use the stack's output TableName`,
  },
  {
    fits: named('FutureFact'),
    words: ({ message }) => `${message}; see \`ses-suppressor explain\`, and mend or delete the entry`,
  },
  {
    fits: named('EntryUnreadable'),
    words: ({ message }) => `${message}; until the entry is mended nobody can say whether the address may be mailed`,
  },
];

/**
 * What kept the list from being read or written, with a remedy that fits the cause.
 *
 * @param what - what could not be done
 * @example throw listFault('the list could not be read', table, cause)
 */
export const listFault = (what: string, table: string, cause: unknown): ListUnavailable => {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const lasting = LASTING.find(({ fits }) => fits(error));
  const words =
    lasting === undefined ? `, try again: ${error.message || error.name}` : `: ${lasting.words(error, table)}`;
  return new ListUnavailable(what + words, { cause });
};
