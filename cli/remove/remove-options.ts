import { InvalidArgumentError } from 'commander';
import { normaliseDomain } from '../../core/address/domain.ts';
import { EVERYWHERE } from '../../core/contract/index.ts';
import type { BlockingReason } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import type { Selection } from '../../core/removal/selection.ts';
import { CliError } from '../cli-error.ts';
import type { DecisionOptions } from '../decide/decision-options.ts';
import type { Target } from '../deployment/target.ts';
import { Exit } from '../exit.ts';
import { checkRange } from '../time-options.ts';

/** Options of `remove`. */
export interface RemoveOptions extends Target, DecisionOptions {
  readonly scope?: string;
  readonly allScopes?: true;
  readonly sesRegion?: readonly string[];
  readonly keepSesList?: true;
  readonly reason?: BlockingReason;
  readonly since?: Instant;
  readonly until?: Instant;
  readonly domain?: string;
  readonly diagnostic?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** A domain given as an option, in its one form. */
export const domainOption = (given: string): string => {
  const domain = normaliseDomain(given);
  if (domain === undefined) throw new InvalidArgumentError('Give a domain such as gmail.com.');
  return domain;
};

/** Part of what a server said, given as an option. */
export const diagnosticOption = (given: string): string => {
  if (given.trim() === '') throw new InvalidArgumentError('Give a part of what the server said, such as 5.1.1.');
  return given.trim();
};

/** Which blocks are meant; undefined if the options select none. */
export const selectionOf = (options: RemoveOptions): Selection | undefined => {
  const { reason, since, until, domain, diagnostic } = options;
  const selection: Selection = {
    ...(reason !== undefined && { reason }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(domain !== undefined && { domain }),
    ...(diagnostic !== undefined && { diagnostic }),
  };
  return Object.keys(selection).length === 0 ? undefined : selection;
};

/** Regions of SES's lists to clear: none where only a stream is meant, because SES's list holds for every mail. */
export const sesRegionsOf = ({
  scope = EVERYWHERE,
  allScopes,
  sesRegion,
  keepSesList,
}: Pick<RemoveOptions, 'scope' | 'allScopes' | 'sesRegion' | 'keepSesList'>): readonly (string | undefined)[] => {
  if (keepSesList || (!allScopes && scope !== EVERYWHERE)) return [];
  return sesRegion ?? [undefined];
};

const usage = (message: string, remedy: string): CliError => new CliError('Usage', message, remedy, Exit.USAGE);

/** @throws CliError if the options contradict each other */
export const checkRemoval = (given: readonly string[], options: RemoveOptions): void => {
  const { scope = EVERYWHERE, allScopes, sesRegion, yes } = options;
  const selects = selectionOf(options) !== undefined;
  if (given.length === 0 && !selects)
    throw usage(
      'nothing says what to remove',
      'Give addresses, or select by --reason, --since, --until, --domain and --diagnostic.',
    );
  if (given.length > 0 && selects)
    throw usage(
      'addresses were given, and a selection too',
      'Give addresses, or select by --reason, --since, --until, --domain and --diagnostic.',
    );
  if (given.length > 0 && yes)
    throw usage('--yes belongs to a selection', 'Addresses are removed at once: leave it out.');
  checkRange(options);
  if (sesRegion !== undefined && !allScopes && scope !== EVERYWHERE)
    throw usage(
      `SES's own list holds for every mail, and only "${scope}" was meant`,
      'Leave --ses-region out, or --scope.',
    );
};
