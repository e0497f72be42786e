import { JsonFault } from '../../http/aws-json.ts';
import type { Answer, Received } from '../../http/loopback-server.ts';
import { answerRestJson } from '../../http/rest-json.ts';
import type { SesAccount } from '../account.ts';
import { getAccount, putAccountSendingAttributes, putAccountSuppressionAttributes } from './account.ts';
import type { Operation } from './call.ts';
import {
  getConfigurationSet,
  getConfigurationSetEventDestinations,
  listConfigurationSets,
  putConfigurationSetSendingOptions,
  putConfigurationSetSuppressionOptions,
} from './configuration-sets.ts';
import { badRequest, tooManyRequests } from './fault.ts';
import { getEmailIdentity, listEmailIdentities, putEmailIdentityFeedbackAttributes } from './identities.ts';
import { createImportJob, getImportJob } from './import-jobs.ts';
import {
  deleteSuppressedDestination,
  getSuppressedDestination,
  listSuppressedDestinations,
  putSuppressedDestination,
} from './suppression.ts';

/** What is served, by method and path; `{}` is a name in the path. */
const ROUTES: Readonly<Record<string, Operation>> = {
  'GET account': getAccount,
  'PUT account/sending': putAccountSendingAttributes,
  'PUT account/suppression': putAccountSuppressionAttributes,
  'GET configuration-sets/{}': getConfigurationSet,
  'GET configuration-sets/{}/event-destinations': getConfigurationSetEventDestinations,
  'PUT configuration-sets/{}/sending': putConfigurationSetSendingOptions,
  'PUT configuration-sets/{}/suppression-options': putConfigurationSetSuppressionOptions,
  'POST list-configuration-sets': listConfigurationSets,
  'GET identities/{}': getEmailIdentity,
  'PUT identities/{}/feedback': putEmailIdentityFeedbackAttributes,
  'POST list-identities': listEmailIdentities,
  'POST import-jobs': createImportJob,
  'GET import-jobs/{}': getImportJob,
  'GET suppression/addresses': listSuppressedDestinations,
  'PUT suppression/addresses': putSuppressedDestination,
  'GET suppression/addresses/{}': getSuppressedDestination,
  'DELETE suppression/addresses/{}': deleteSuppressedDestination,
};

/** The paths of API 2019-09-27 begin so. */
export const V2_PREFIX = '/v2/email/';

/**
 * Answers a request of SES's REST-JSON API, version 2019-09-27.
 *
 * @param mayPass - whether a call of the operation is not one too many
 */
export function answerV2(request: Received, account: SesAccount, mayPass: (operation: string) => boolean): Answer {
  return answerRestJson(request, (input) => {
    if (request.tooLong) throw badRequest('The request is too large.');
    const found = findRoute(request);
    if (!mayPass(found.key)) throw tooManyRequests();
    return found.operation({ name: found.name, query: request.url.searchParams, input }, account);
  });
}

function findRoute({ method, url }: Received): { key: string; name: string; operation: Operation } {
  const parts = url.pathname.slice(V2_PREFIX.length).replace(/\/$/, '').split('/');
  for (const at of [-1, ...parts.keys()]) {
    const key = `${method} ${parts.map((part, i) => (i === at ? '{}' : part)).join('/')}`;
    const operation = Object.hasOwn(ROUTES, key) ? ROUTES[key] : undefined;
    if (operation !== undefined) return { key, name: decode(parts[at] ?? ''), operation };
  }
  throw new JsonFault('UnknownOperationException', `${method} ${url.pathname} is not served here`, {}, 404);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`not a name: ${part}`);
  }
}
