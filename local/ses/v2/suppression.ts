import { epochSeconds } from '../../http/rest-json.ts';
import { SesFault } from '../fault.ts';
import { checkMailbox } from '../mailbox.ts';
import type { SuppressedDestination } from '../suppression-list.ts';
import { type Operation, page, readReason } from './call.ts';
import { badRequest, notFound } from './fault.ts';

const MOST_A_PAGE = 1000;

/** Adds an address, or changes its reason; an account in the sandbox may not. */
export const putSuppressedDestination: Operation = ({ input }, account) => {
  if (account.sandbox) throw badRequest('Your account is in the sandbox: it cannot manage its suppression list.');
  const address = readAddress(input.EmailAddress);
  account.suppression.put(address, readReason(input.Reason));
  return {};
};

export const getSuppressedDestination: Operation = ({ name }, account) => {
  const found = account.suppression.get(name);
  if (found === undefined) throw notListed(name);
  const { cause } = found;
  const attributes = cause && { Attributes: { MessageId: cause.messageId, FeedbackId: cause.feedbackId } };
  return { SuppressedDestination: { ...summary(found), ...attributes } };
};

/** Takes off this very spelling. */
export const deleteSuppressedDestination: Operation = ({ name }, account) => {
  if (!account.suppression.delete(name)) throw notListed(name);
  return {};
};

export const listSuppressedDestinations: Operation = ({ query }, account) => {
  const reasons = query.getAll('Reason').map(readReason);
  const from = readMoment(query, 'StartDate') ?? Number.NEGATIVE_INFINITY;
  const to = readMoment(query, 'EndDate') ?? Number.POSITIVE_INFINITY;
  const wanted = account.suppression.entries.filter(({ reason, updatedAt }) => {
    const at = updatedAt.getTime();
    return (reasons.length === 0 || reasons.includes(reason)) && at >= from && at <= to;
  });
  const { members, next } = page(wanted, {
    size: query.get('PageSize'),
    token: query.get('NextToken'),
    most: MOST_A_PAGE,
  });
  return { SuppressedDestinationSummaries: members.map(summary), ...next };
};

const summary = ({ address, reason, updatedAt }: SuppressedDestination) => ({
  EmailAddress: address,
  Reason: reason,
  LastUpdateTime: epochSeconds(updatedAt),
});

const notListed = (address: string) => notFound(`Email address ${address} does not exist on your suppression list.`);

function readMoment(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw badRequest(`${name} is no date: ${text}`);
  return at;
}

function readAddress(value: unknown): string {
  if (typeof value !== 'string') throw badRequest('EmailAddress must be specified.');
  try {
    checkMailbox(value);
    return value;
  } catch (error) {
    if (error instanceof SesFault) throw badRequest(`Invalid email address ${value}: ${error.message}`);
    throw error;
  }
}
