import type { Address } from '../../../core/address/address.ts';
import { parseAddress } from '../../../core/address/address.ts';
import { normaliseDomain } from '../../../core/address/domain.ts';

/** What a search means: one address, or every address that has this in it. */
export type Search =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'part'; readonly part: string };

const ASCII = /^[ -~]*$/;

/** Keys have their domains in A-labels. */
const inKeys = (text: string): string => {
  if (ASCII.test(text)) return text;
  const at = text.lastIndexOf('@') + 1;
  return text.slice(0, at) + (normaliseDomain(text.slice(at)) ?? text.slice(at));
};

/** Reads what somebody searches for. @example searchOf('@Gmail') // { kind: 'part', part: '@gmail' } */
export const searchOf = (given: string): Search => {
  const parsed = parseAddress(given);
  return parsed.ok ? { kind: 'address', address: parsed.value } : { kind: 'part', part: inKeys(given.toLowerCase()) };
};
