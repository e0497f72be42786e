import type { JsonInput } from '../../http/aws-json.ts';
import type { SesAccount } from '../account.ts';
import { SUPPRESSION_REASONS, type SuppressionReason } from '../suppression-list.ts';
import { badRequest } from './fault.ts';

/** A call of API 2019-09-27. */
export interface Call {
  /** What stands for the braces in the operation's path, decoded; empty where it has none. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly input: JsonInput;
}

/** Does what a call says; answers the members of its output. */
export type Operation = (call: Call, account: SesAccount) => object;

/** @throws JsonFault `BadRequestException` if the member is there and no boolean */
export function readBoolean(input: JsonInput, member: string): boolean {
  const value = input[member] ?? false;
  if (typeof value !== 'boolean') throw badRequest(`${member} must be true or false.`);
  return value;
}

/** @throws JsonFault `BadRequestException` if it is none of BOUNCE and COMPLAINT */
export function readReason(value: unknown): SuppressionReason {
  const reason = SUPPRESSION_REASONS.find((known) => known === value);
  if (reason === undefined) throw badRequest(`Reason must be one of ${SUPPRESSION_REASONS.join(', ')}: ${value}`);
  return reason;
}

/** @throws JsonFault `BadRequestException` if it is no list of reasons */
export function readReasons(value: unknown): SuppressionReason[] {
  if (!Array.isArray(value)) throw badRequest('SuppressedReasons must be a list.');
  return value.map(readReason);
}

/** @throws JsonFault `BadRequestException` if a page is asked for that there is not */
export function page<T>(
  all: readonly T[],
  { size, token, most }: { size: unknown; token: unknown; most: number },
): { readonly members: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const length = Number(size ?? most);
  const from = Number(token ?? 0);
  if (!(Number.isInteger(length) && length >= 1 && length <= most)) throw badRequest(`PageSize must be 1 to ${most}.`);
  if (!(Number.isInteger(from) && from >= 0)) throw badRequest('NextToken is invalid.');
  const to = from + length;
  return { members: all.slice(from, to), next: to < all.length ? { NextToken: String(to) } : {} };
}
