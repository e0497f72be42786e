import * as v from 'valibot';
import { DEFAULT_POLICY, type Policy, policySchema } from '../core/contract/index.ts';
import { quote } from '../core/text.ts';
import { CliError } from './cli-error.ts';
import type { Dependencies } from './dependencies.ts';
import { Exit } from './exit.ts';
import { readFault } from './input/read-fault.ts';
import { printable } from './output/printable.ts';

const REMEDY =
  'Give a JSON object with the fields of the policy that differ from the default, such as {"complaintScope":"stream"}.';
const BYTES = 1024 * 1024;

const readAll = async (path: string, { openFile }: Dependencies): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of openFile(path)) {
      size += piece.length;
      if (size > BYTES)
        throw new CliError('PolicyInvalid', `${printable(path)} is longer than ${BYTES} bytes`, REMEDY, Exit.USAGE);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof CliError ? error : readFault(path, error);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
};

const parse = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError('PolicyInvalid', `${printable(path)} is not JSON`, REMEDY, Exit.USAGE, { cause: error });
  }
};

const wrong = (issue: v.BaseIssue<unknown>): string => {
  const where = v.getDotPath(issue);
  if (where === null) return `expected an object, got ${quote(issue.input)}`;
  if (issue.expected === 'never') {
    const known = where.includes('.') ? '' : `; there are ${Object.keys(DEFAULT_POLICY).join(', ')}`;
    return `${quote(where)} is no setting of the policy${known}`;
  }
  if (issue.input === undefined) return `${where} is missing`;
  return `${where}: ${issue.message}, got ${quote(issue.input)}`;
};

/**
 * The policy in a JSON file; every field left out has its default.
 *
 * @param path - undefined for the default policy
 * @throws CliError `FileUnreadable`, `PolicyInvalid`
 */
export const loadPolicy = async (path: string | undefined, deps: Dependencies): Promise<Policy> => {
  if (path === undefined) return DEFAULT_POLICY;
  const read = v.safeParse(policySchema(), parse(path, await readAll(path, deps)));
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new CliError('PolicyInvalid', `${printable(path)}: ${printable(wrong(issue))}`, REMEDY, Exit.USAGE);
};
