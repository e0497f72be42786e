import { Resolver } from 'node:dns/promises';
import type { Dns } from '../ports.ts';

/** There is no such name, or it has no such record: an answer, not a fault. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * DNS as this machine is set to ask it.
 *
 * @param resolver - has little patience, unless it is one's own
 */
export const realDns = (resolver = new Resolver({ timeout: 3000, tries: 2 })): Dns & { close(): void } => {
  return {
    async txt(name) {
      try {
        return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''));
      } catch (error) {
        if (NOTHING.has(String((error as NodeJS.ErrnoException).code))) return [];
        throw error;
      }
    },
    close: () => resolver.cancel(),
  };
};
