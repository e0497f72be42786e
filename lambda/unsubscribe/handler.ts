import type { Address } from '../../core/address/address.ts';
import { Metric, type Policy } from '../../core/contract/index.ts';
import type { Counts } from '../../core/counts.ts';
import type { Instant } from '../../core/instant.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import { optOut } from '../../core/ledger/opt.ts';
import type { Log } from '../../core/log.ts';
import { readToken, type Unsubscription, verifyToken } from '../../core/unsubscribe/token.ts';
import type { UnsubscribeKeys } from '../../core/unsubscribe/unsubscribe-keys.ts';
import { type Answer, type Request, readRequest } from './http.ts';
import { isOneClick } from './one-click.ts';
import { askPage, badLinkPage, badMethodPage, badRequestPage, donePage, tryAgainPage } from './page.ts';

/** All that the unsubscribe function touches. */
export interface UnsubscribeDeps {
  readonly ledger: Ledger;
  readonly keys: UnsubscribeKeys;
  readonly policy: Policy;
  readonly now: () => Instant;
  readonly log: Log;
  readonly counts: Counts;
  readonly fingerprint: (address: Address) => string;
}

/** What came of a request: the rules of the metric. */
type Outcome = 'unsubscribed' | 'already' | 'asked' | 'bad-link' | 'bad-request' | 'bad-method' | 'unavailable';

const METHODS = new Set(['GET', 'HEAD', 'POST']);

/**
 * The unsubscribe function behind a Lambda function URL: a POST as mail programs make it unsubscribes, a GET shows a page
 * with a button that makes that POST. No login, no redirect, no cookie; who holds the link may use it, again and again.
 *
 * @returns a handler that answers every event and never throws
 * @see RFC 8058
 */
export const makeHandler = (deps: UnsubscribeDeps) => {
  const { ledger, keys, policy, now, log, counts, fingerprint } = deps;

  const targetOf = async (raw: string | undefined): Promise<Unsubscription | undefined> => {
    const token = readToken(raw);
    const verified = token.ok ? verifyToken(token.value, await keys.forVerifying(token.value.keyId), now()) : token;
    if (verified.ok) return verified.value;
    log.warn('link not believed', { code: verified.error.code });
    return undefined;
  };

  const unsubscribe = async ({ address, stream }: Unsubscription): Promise<Outcome> => {
    const { already } = await optOut(ledger, { key: { address, scope: stream }, by: 'one-click' }, policy, now());
    const outcome = already ? 'already' : 'unsubscribed';
    log.info(outcome, { recipient: fingerprint(address), scope: stream });
    return outcome;
  };

  const answer = async (request: Request): Promise<readonly [Outcome, Answer]> => {
    if (!METHODS.has(request.method)) return ['bad-method', badMethodPage()];
    const target = await targetOf(request.token);
    if (target === undefined) return ['bad-link', badLinkPage()];
    if (request.method !== 'POST') return ['asked', askPage(target)];
    if (!isOneClick(request)) return ['bad-request', badRequestPage()];
    return [await unsubscribe(target), donePage(target)];
  };

  return async (event: unknown): Promise<Answer> => {
    const request = readRequest(event);
    let answered: readonly [Outcome, Answer];
    try {
      answered = await answer(request);
    } catch (fault) {
      log.error('not answered', { cause: String(fault) });
      answered = ['unavailable', tryAgainPage()];
    }
    const [outcome, page] = answered;
    counts.add(Metric.UNSUBSCRIBE, outcome);
    counts.flush();
    return request.method === 'HEAD' ? { ...page, body: '' } : page;
  };
};
